import { formatDuration as formatSeconds } from '../formats/durations.js';
import { formatFigure } from '../formats/figure.js';
import { formatCount as formatInteger } from '../formats/numbers.js';
import type { FigureForm } from '../tasks/figure.js';
import { configRows } from './config-rows.js';
import { describeModel } from './describe-model.js';
import { escapeHtml } from './escape-html.js';
import { evaluationSections } from './evaluation-sections.js';
import { htmlTable } from './html-table.js';
import { type EpochPoint, epochPoints, keptEpoch, placeText } from './metric-series.js';
import { reportStyle } from './report-style.js';
import type { RunDescription } from './run-description.js';
import { epochChart, stepChart } from './training-charts.js';

/**
 * report.html of a run: key figures, curves of loss and accuracy, figures of each epoch, test results where there are
 * any, and all settings. One file that needs no network and no script, light or dark as the reader's system is.
 */
export function reportPage(run: RunDescription): string {
  const epochs = epochPoints(run.metrics);
  const { reported } = run.task;
  const charts = [...reported.map((figure) => epochChart(epochs, figure)), stepChart(run.metrics)].filter(
    Boolean,
  );
  const sections = [
    ...charts,
    ...(epochs.length > 0 ? [section('Epochs', epochTable(epochs, reported))] : []),
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

function tiles({ task, evaluation, facts }: RunDescription, epochs: readonly EpochPoint[]): string[] {
  const kept = keptEpoch(epochs);
  const tile = (value: string | undefined, label: string) =>
    value === undefined
      ? ''
      : `<div class="tile"><b>${escapeHtml(value)}</b><span>${escapeHtml(label)}</span></div>`;
  const shown = <Value>(value: Value | undefined | null, format: (value: Value) => string) =>
    value === undefined || value === null ? undefined : format(value);
  const measured = evaluation?.result.figures[0];
  // The loss says little to a reader.
  const { name, title, form } = task.reported.at(-1)!;
  const place = kept && placeText(kept).replace(' ', '\u00a0');
  const write = (value: number) => formatFigure(value, form);
  return [
    measured
      ? tile(formatFigure(measured.value, measured.form), `${evaluation.split} ${measured.title}`)
      : '',
    tile(shown(kept?.validation?.[name], write), `validation ${title}, ${place}`),
    tile(shown(kept?.training[name], write), `training ${title}, ${place}`),
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

function epochTable(epochs: readonly EpochPoint[], reported: readonly FigureForm[]): string {
  const number = (text: string) => ({ number: text });
  const both = (epoch: EpochPoint, { name, form }: FigureForm) => [
    number(formatFigure(epoch.training[name], form)),
    number(formatFigure(epoch.validation?.[name], form)),
  ];
  const rows = epochs.map((epoch) => [
    placeText(epoch).replace('epoch ', ''),
    ...reported.flatMap((figure) => both(epoch, figure)),
    number(Number.isFinite(epoch.seconds) ? formatSeconds(epoch.seconds) : '-'),
  ]);
  const header = [...reported.flatMap(({ title }) => [title, `val. ${title}`]), 'time'];
  const table = htmlTable(rows, {
    header: ['epoch', ...header.map(number)],
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
