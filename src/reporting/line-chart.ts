import { formatCount } from '../formats/numbers.js';
import { axisTicks, linearScale } from './axis-ticks.js';
import { escapeHtml } from './escape-html.js';

type Point = readonly [x: number, y: number];

/** A line of a chart; how it looks is the style sheet's business. */
export interface Series {
  readonly name: string;
  /** `training`, `validation`, or `faint` for raw values behind a smoothed line. */
  readonly style: 'training' | 'validation' | 'faint';
  readonly points: readonly Point[];
  /** A dot at each point, with its number on hover. Default false. */
  readonly dots?: boolean;
}

export interface LineChart {
  readonly title: string;
  readonly xTitle: string;
  readonly series: readonly Series[];
  /** Number on the y axis and on hover; `digits` is what tells ticks apart. */
  readonly formatY: (value: number, digits: number) => string;
  /** A vertical line at this x. */
  readonly mark?: { readonly x: number; readonly label: string };
}

/** Sizes in SVG units; the picture scales to the width that the page gives it. */
const size = { width: 560, height: 300 };
const frame = { left: 56, right: 544, top: 16, bottom: 256 };

/** A line chart as an inline SVG; empty when no series has a point. */
export function lineChart({ title, xTitle, series, formatY, mark }: LineChart): string {
  const points = series.flatMap((line) => line.points);
  if (points.length === 0) return '';
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const yTicks = axisTicks(least(ys), greatest(ys));
  const [left, right] = [least(xs), greatest(xs)];
  const xTicks = axisTicks(left, right, { count: 6 }).values.filter(
    (x) => Number.isInteger(x) && x >= left && x <= right,
  );
  const toX = linearScale([left, right], [frame.left + 10, frame.right - 10]);
  const toY = linearScale([yTicks.values[0], yTicks.values.at(-1)!], [frame.bottom, frame.top]);
  const parts = [
    ...yTicks.values.map((y) => horizontal(toY(y), formatY(y, yTicks.digits))),
    ...xTicks.map((x) => text(toX(x), frame.bottom + 18, formatCount(x), 'middle')),
    text((frame.left + frame.right) / 2, frame.bottom + 36, xTitle, 'middle'),
    ...(mark ? [vertical(toX(mark.x), mark.label)] : []),
    ...series.map((line) => drawn(line, { toX, toY, formatY, digits: yTicks.digits + 2 })),
  ];
  return `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeHtml(title)}">
${parts.join('\n')}
</svg>`;
}

type Scale = (value: number) => number;

function drawn(
  { name, style, points, dots }: Series,
  { toX, toY, formatY, digits }: { toX: Scale; toY: Scale; formatY: LineChart['formatY']; digits: number },
): string {
  const places = points.map(([x, y]) => `${round(toX(x))},${round(toY(y))}`);
  const line = `<polyline class="line ${style}" points="${places.join(' ')}"/>`;
  if (!dots) return line;
  const circles = points.map(([x, y], index) => {
    const [cx, cy] = places[index].split(',');
    const tip = escapeHtml(`${name}, ${formatCount(x)}: ${formatY(y, digits)}`);
    return `<circle class="dot ${style}" cx="${cx}" cy="${cy}" r="4"><title>${tip}</title></circle>`;
  });
  return [line, ...circles].join('\n');
}

function horizontal(y: number, label: string): string {
  const line = `<line class="grid" x1="${frame.left}" x2="${frame.right}" y1="${round(y)}" y2="${round(y)}"/>`;
  return `${line}${text(frame.left - 8, y + 4, label, 'end')}`;
}

function vertical(x: number, label: string): string {
  const line = `<line class="mark" x1="${round(x)}" x2="${round(x)}" y1="${frame.top}" y2="${frame.bottom}"/>`;
  const onRight = x < (frame.left + frame.right) / 2;
  return `${line}${text(x + (onRight ? 6 : -6), frame.top + 10, label, onRight ? 'start' : 'end')}`;
}

function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeHtml(content)}</text>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
const least = (values: readonly number[]) => values.reduce((one, other) => Math.min(one, other));
const greatest = (values: readonly number[]) => values.reduce((one, other) => Math.max(one, other));
