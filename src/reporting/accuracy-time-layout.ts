import { axisTicks, linearScale } from './axis-ticks.js';
import { type Box, placeLabels } from './place-labels.js';
import { textWidth, withoutMiddle } from './text-width.js';
import { timeAxisTicks } from './time-axis-ticks.js';

/** A run in the plot. */
export interface PlottedRun {
  readonly name: string;
  /** Of the compared figure, a share from 0 to 1. */
  readonly value: number;
  /** Its 95 % interval. */
  readonly interval: readonly [lower: number, upper: number];
  /** Training time, above 0. */
  readonly seconds: number;
}

/** Sizes in SVG units, the longest name in characters. */
export const fontSize = 13;
export const radius = 5;
/** From the dots' frame to the column of names. */
export const columnGap = 28;
const longestName = 34;

/** A run with its place, in SVG units. */
export interface Point extends PlottedRun {
  readonly x: number;
  readonly y: number;
  /** Ends of the interval. */
  readonly top: number;
  readonly bottom: number;
  readonly label: string;
  readonly labelWidth: number;
  /** Where the label stands; undefined where there is no room beside the dot. */
  readonly place?: Box;
}

/** Marks of both axes in a frame, and from seconds and accuracy to their places. */
export function axes(runs: readonly PlottedRun[], { left, right, top, bottom }: Box) {
  const times = runs.map(({ seconds }) => seconds);
  const xTicks = timeAxisTicks(Math.min(...times), Math.max(...times));
  const yTicks = axisTicks(
    Math.min(...runs.map(({ interval }) => interval[0])),
    Math.max(...runs.map(({ interval }) => interval[1])),
    { count: 7 },
  );
  const ends = [Math.log(xTicks[0].seconds), Math.log(xTicks.at(-1)!.seconds)] as const;
  const toLogX = linearScale(ends, [left, right]);
  // Beyond the last round time the axis knows, a dot stands at its end.
  const toX = (seconds: number) => toLogX(Math.min(Math.max(Math.log(seconds), ends[0]), ends[1]));
  const toY = linearScale([yTicks.values[0], yTicks.values.at(-1)!], [bottom, top]);
  return { xTicks, yTicks, toX, toY };
}

function layOut(runs: readonly PlottedRun[], inside: Box): Point[] {
  const { toX, toY } = axes(runs, inside);
  const points = runs.map((run) => {
    const label = withoutMiddle(run.name, longestName);
    return {
      ...run,
      ...{ x: toX(run.seconds), y: toY(run.value) },
      ...{ top: toY(run.interval[1]), bottom: toY(run.interval[0]) },
      ...{ label, labelWidth: textWidth(label, fontSize) },
    };
  });
  const dots = points.map(({ x, y }) => ({
    ...{ left: x - radius - 1, right: x + radius + 1 },
    ...{ top: y - radius - 1, bottom: y + radius + 1 },
  }));
  const intervals = points.map(({ x, top, bottom }) => ({ left: x - 3, right: x + 3, top, bottom }));
  const wishes = points.map(({ x, y, labelWidth }) => ({
    ...{ x, y },
    ...{ width: labelWidth, height: fontSize * 1.2 },
  }));
  const places = placeLabels(wishes, { inside, obstacles: [...dots, ...intervals] });
  return points.map((point, index) => ({ ...point, place: places[index] }));
}

/** Lays out the dots beside a column of the names that have no room beside them; the column takes its room from the dots. */
export function layOutWithColumn(runs: readonly PlottedRun[], whole: Box): { points: Point[]; inner: Box } {
  let room = 0;
  for (;;) {
    const inner = { ...whole, right: whole.right - room };
    const points = layOut(runs, inner);
    const widest = Math.max(0, ...points.map(({ place, labelWidth }) => (place ? 0 : labelWidth)));
    const needed = widest === 0 ? 0 : widest + columnGap + 4;
    if (needed <= room) return { points, inner };
    room = needed;
  }
}
