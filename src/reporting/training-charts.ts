import { formatPercent } from '../formats/numbers.js';
import { escapeHtml } from './escape-html.js';
import { type LineChart, lineChart, type Series } from './line-chart.js';
import { type EpochPoint, keptEpoch, smoothed, stepPoints } from './metric-series.js';

/** A `<section>` with training and validation loss of each epoch; empty when there is no epoch. */
export function lossChart(epochs: readonly EpochPoint[]): string {
  return epochChart(epochs, {
    title: 'Loss',
    training: (epoch) => epoch.loss,
    validation: (epoch) => epoch.validationLoss,
    formatY: (value, digits) => value.toFixed(digits),
  });
}

/** A `<section>` with training and validation accuracy of each epoch; empty when there is no epoch. */
export function accuracyChart(epochs: readonly EpochPoint[]): string {
  return epochChart(epochs, {
    title: 'Accuracy',
    training: (epoch) => epoch.accuracy,
    validation: (epoch) => epoch.validationAccuracy,
    formatY: (value, digits) => formatPercent(value, { digits: digits > 2 ? 1 : 0 }),
  });
}

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

function epochChart(
  epochs: readonly EpochPoint[],
  options: {
    title: string;
    training: (epoch: EpochPoint) => number;
    validation: (epoch: EpochPoint) => number | undefined;
    formatY: LineChart['formatY'];
  },
): string {
  const { title, training, validation, formatY } = options;
  const kept = keptEpoch(epochs);
  const series: Series[] = [
    { name: 'training', style: 'training', dots: true, points: points(epochs, training) },
    { name: 'validation', style: 'validation', dots: true, points: points(epochs, validation) },
  ];
  return chartSection({
    title,
    xTitle: 'epoch',
    formatY,
    series,
    mark: kept && epochs.length > 1 ? { x: kept.epoch, label: 'kept' } : undefined,
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
