import type { FoundRate, RatePoint } from '../jobs/find-learning-rate.js';
import { bar } from '../terminal/bar.js';
import { formatTable } from '../terminal/table.js';
import { programName } from './program-name.js';

const mostRows = 24;
const barWidth = 40;

/** What `find-lr` prints: the smoothed loss along the rates, and the rate that is proposed. */
export function formatFoundRate(
  { points, proposed, diverged }: FoundRate,
  { configName }: { configName: string },
): string {
  if (points.length === 0) return 'The loss was not a number from the first step on: no rate is proposed.';
  const shown = shownPoints(points);
  const losses = shown.map(({ smoothedLoss }) => smoothedLoss);
  const [least, greatest] = [Math.min(...losses), Math.max(...losses)];
  const rows = shown.map(({ learningRate, smoothedLoss }) => [
    learningRate.toExponential(1),
    smoothedLoss.toFixed(4),
    bar((smoothedLoss - least) / (greatest - least || 1), { width: barWidth }),
  ]);
  const table = formatTable(rows, { header: ['rate', 'loss', ''], align: ['right', 'right', 'left'] });
  const last = points.at(-1)!.learningRate.toExponential(1);
  return `${table}\n\n${diverged ? `The loss ran away at a rate of ${last}.\n` : ''}${proposal(proposed, configName)}`;
}

function proposal(proposed: number | undefined, configName: string): string {
  if (proposed === undefined) return 'The loss does not fall at any of these rates: no rate is proposed.';
  const rate = Number(proposed.toPrecision(2));
  return `Proposed:  ${rate}, in the middle of the longest descent
Try it:    ${programName()} train --config ${configName} --set training.optimizer.learningRate=${rate}`;
}

/** Evenly spaced ones, the last included. */
function shownPoints(points: readonly RatePoint[]): RatePoint[] {
  const count = Math.min(mostRows, points.length);
  return Array.from({ length: count }, (_, row) => {
    return points[Math.round((row * (points.length - 1)) / Math.max(1, count - 1))];
  });
}
