import { formatPercent } from '../formats/numbers.js';
import type { FigureForm } from '../tasks/figure.js';
import { escapeHtml } from './escape-html.js';
import { type LineChart, lineChart, type Series } from './line-chart.js';
import { type EpochPoint, keptEpoch, smoothed, stepPoints } from './metric-series.js';

/**
 * A `<section>` with a figure of training and validation for each epoch; empty when there is no epoch.
 *
 * @param figure one of those that the run's task reports
 */
export function epochChart(epochs: readonly EpochPoint[], { name, title, form }: FigureForm): string {
  const kept = keptEpoch(epochs);
  const series: Series[] = [
    {
      ...{ name: 'training', style: 'training', dots: true },
      points: points(epochs, ({ training }) => training[name]),
    },
    {
      ...{ name: 'validation', style: 'validation', dots: true },
      points: points(epochs, ({ validation }) => validation?.[name]),
    },
  ];
  return chartSection({
    title: title[0].toUpperCase() + title.slice(1),
    xTitle: 'epoch',
    formatY: axisFormats[form],
    series,
    mark: kept && epochs.length > 1 ? { x: kept.epoch, label: 'kept' } : undefined,
  });
}

const axisFormats = {
  share: (value, digits) => formatPercent(value, { digits: digits > 2 ? 1 : 0 }),
  number: (value, digits) => value.toFixed(digits),
  count: (value) => String(value),
} satisfies Record<FigureForm['form'], LineChart['formatY']>;

/** Points that a smoothed curve averages over, more or less, at any length of training: a twentieth of them. */
const smoothShare = 1 / 20;

/** A `<section>` with the loss of each group of steps, smoothed where there are many; empty when there are none. */
export function stepChart(metrics: Parameters<typeof stepPoints>[0]): string {
  const steps = stepPoints(metrics);
  const keep = Math.max(0, 1 - 1 / (steps.length * smoothShare));
  const averages = smoothed(
    steps.map((point) => point.loss),
    { keep },
  );
  const raw: Series = {
    name: 'as computed',
    style: 'faint',
    points: steps.map(({ step, loss }) => [step, loss]),
  };
  return chartSection({
    title: 'Loss of the steps',
    xTitle: 'training step',
    formatY: (value, digits) => value.toFixed(digits),
    series: [
      ...(keep > 0 ? [raw] : []),
      {
        name: keep > 0 ? 'smoothed' : 'training',
        style: 'training',
        points: steps.map(({ step }, index) => [step, averages[index]]),
      },
    ],
  });
}

function points(
  epochs: readonly EpochPoint[],
  value: (epoch: EpochPoint) => number | undefined,
): [number, number][] {
  return epochs.flatMap((epoch) => {
    const y = value(epoch);
    return Number.isFinite(y) ? [[epoch.epoch, y as number] as [number, number]] : [];
  });
}

function chartSection(chart: LineChart): string {
  const drawn = chart.series.filter((line) => line.points.length > 0);
  if (drawn.length === 0) return '';
  const key = drawn.map((line) => `<span class="${line.style}">${escapeHtml(line.name)}</span>`).join('');
  return `<section><h2>${escapeHtml(chart.title)}</h2>
<div class="key">${key}</div>
${lineChart({ ...chart, series: drawn })}
</section>`;
}
