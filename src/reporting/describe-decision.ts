import { countOf } from '../formats/numbers.js';
import type { ThresholdDemand } from '../metrics/choose-threshold.js';
import type { Decision } from '../tasks/decision.js';
import type { Task } from '../tasks/task.js';

/** Labels whose thresholds are told one by one. */
const mostNamed = 12;

/**
 * What was chosen after a training, in sentences without their ends: `threshold 0.37, chosen for F1 on 2,500 held-out
 * examples`. None where nothing was asked for.
 *
 * @param decision default: that of the task
 */
export function describeDecision(
  task: Pick<Task, 'labels' | 'thresholdLabels'>,
  decision: Decision | undefined,
): string[] {
  if (!decision) return [];
  const { examples, temperatures, thresholds, thresholdFor } = decision;
  const on = `on ${countOf(examples, 'held-out example')}`;
  const chosen = thresholdFor ? `chosen for ${describeDemand(thresholdFor)} ${on}` : 'set by hand';
  if (!temperatures && !thresholds)
    return ['no examples were held out: no threshold and no temperature was chosen'];
  return [
    ...(thresholds ? [`${describeThresholds(task, thresholds)}, ${chosen}`] : []),
    ...(temperatures ? [`${describeTemperatures(temperatures)} ${on}`] : []),
  ];
}

function describeDemand(demand: ThresholdDemand): string {
  if (demand === 'f1') return 'F1';
  return 'precision' in demand
    ? `a precision of at least ${demand.precision}`
    : `a recall of at least ${demand.recall}`;
}

function describeThresholds(
  { labels, thresholdLabels }: Pick<Task, 'labels' | 'thresholdLabels'>,
  thresholds: readonly (number | null)[],
): string {
  if (thresholds.every((threshold) => threshold === thresholds[0])) {
    const only = thresholds.length === 1 ? ` of ${labels[thresholdLabels[0]]}` : '';
    if (thresholds[0] !== null) return `threshold ${write(thresholds[0])}${only}`;
    return `threshold 0.5${only}, as no other does what was asked for`;
  }
  const kept = thresholds.filter((threshold) => threshold === null).length;
  const none =
    kept > 0 ? ` (0.5 for ${countOf(kept, 'label')} for which no other does what was asked for)` : '';
  if (thresholds.length > mostNamed) {
    const known = thresholds.map((threshold) => threshold ?? 0.5);
    return `a threshold for each label, ${write(Math.min(...known))} to ${write(Math.max(...known))}${none}`;
  }
  const named = thresholds.map((threshold, place) => {
    return `${labels[thresholdLabels[place]]} ${write(threshold ?? 0.5)}`;
  });
  return `thresholds ${named.join(', ')}${none}`;
}

function describeTemperatures(temperatures: readonly (number | null)[]): string {
  const known = temperatures.filter((temperature) => temperature !== null);
  if (known.length === 0) return 'not calibrated: no temperature could be fitted';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const none = temperatures.length - known.length;
  const without = none > 0 ? ` (none for ${countOf(none, 'label')})` : '';
  const range =
    known.length === 1
      ? `a temperature of ${write(least)}`
      : `temperatures of ${write(least)} to ${write(most)}`;
  return `probabilities calibrated by ${range}${without}, fitted`;
}

/** Two digits that say something: `0.37`, `1.2`, `0.0041`. */
const write = (value: number) => String(Number(value.toPrecision(2)));
