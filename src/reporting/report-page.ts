import { formatDuration as formatSeconds } from '../formats/durations.js';
import { formatCount as formatInteger, formatPercent as formatShare } from '../formats/numbers.js';
import { configRows } from './config-rows.js';
import { describeModel } from './describe-model.js';
import { escapeHtml } from './escape-html.js';
import { evaluationSections } from './evaluation-sections.js';
import { htmlTable } from './html-table.js';
import { type EpochPoint, epochPoints, keptEpoch } from './metric-series.js';
import { reportStyle } from './report-style.js';
import type { RunDescription } from './run-description.js';
import { accuracyChart, lossChart, stepChart } from './training-charts.js';

/**
 * report.html of a run: key figures, curves of loss and accuracy, figures of each epoch, test results where there are
 * any, and all settings. One file that needs no network and no script, light or dark as the reader's system is.
 */
export function reportPage(run: RunDescription): string {
  const epochs = epochPoints(run.metrics);
  const charts = [lossChart(epochs), accuracyChart(epochs), stepChart(run.metrics)].filter(Boolean);
  const sections = [
    ...charts,
    ...(epochs.length > 0 ? [section('Epochs', epochTable(epochs))] : []),
    ...evaluationSections(run),
    section('Settings', settingsList(run), { className: 'wide' }),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(run.name)} - imdb-rnn</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(run.name)}</h1>
<p class="soft">${escapeHtml(describeModel(run))}</p>
<div class="tiles">
${tiles(run, epochs).join('\n')}
</div>
<div class="grid2">
${sections.join('\n')}
</div>
<footer>${escapeHtml(footer(run))}</footer>
</main>
</body>
</html>
`;
}

function section(title: string, content: string, { className = '' } = {}): string {
  return `<section class="${className}"><h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;
}

function tiles({ evaluation, facts }: RunDescription, epochs: readonly EpochPoint[]): string[] {
  const kept = keptEpoch(epochs);
  const tile = (value: string | undefined, label: string) =>
    value === undefined
      ? ''
      : `<div class="tile"><b>${escapeHtml(value)}</b><span>${escapeHtml(label)}</span></div>`;
  const shown = <Value>(value: Value | undefined, format: (value: Value) => string) =>
    value === undefined || value === null ? undefined : format(value);
  return [
    tile(shown(evaluation?.result.accuracy, formatShare), `${evaluation?.split} accuracy`),
    tile(shown(kept?.validationAccuracy, formatShare), `validation accuracy, epoch\u00a0${kept?.epoch}`),
    tile(shown(kept?.accuracy, formatShare), `training accuracy, epoch\u00a0${kept?.epoch}`),
    tile(shown(facts.parameters, formatInteger), 'parameters'),
    tile(shown(facts.trainingExamples, formatInteger), 'training examples'),
    tile(shown(facts.seconds, formatSeconds), 'training time'),
  ].filter(Boolean);
}

function settingsList({ config }: RunDescription): string {
  const rows = configRows(config).map(
    ([key, value]) => `<div><dt>${escapeHtml(key)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return `<dl class="settings">\n${rows.join('\n')}\n</dl>`;
}

function epochTable(epochs: readonly EpochPoint[]): string {
  const number = (value: number | undefined, format: (value: number) => string) => ({
    number: value === undefined || value === null ? '-' : format(value),
  });
  const loss = (value: number) => value.toFixed(4);
  const rows = epochs.map((epoch) => [
    String(epoch.epoch),
    number(epoch.loss, loss),
    number(epoch.validationLoss, loss),
    number(epoch.accuracy, formatShare),
    number(epoch.validationAccuracy, formatShare),
    number(epoch.seconds, formatSeconds),
  ]);
  const header = ['epoch', 'loss', 'val. loss', 'accuracy', 'val. accuracy', 'time'];
  const table = htmlTable(rows, {
    header: [header[0], ...header.slice(1).map((number) => ({ number }))],
    emphasized: epochs.findLastIndex((epoch) => epoch.best),
  });
  return `${table}\n<p class="soft small">The weights of the epoch in bold are kept.</p>`;
}

function footer({ created, version, facts }: RunDescription): string {
  const { backend, threads } = facts;
  const computed = backend && `computed by backend ${backend}${threads ? `, ${threads} threads` : ''}`;
  const made = version && `trained by imdb-rnn ${version}`;
  return [made, created?.slice(0, 10), computed].filter(Boolean).join(' · ');
}
