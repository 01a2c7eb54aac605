import { formatDuration } from '../formats/durations.js';
import { formatPercent } from '../formats/numbers.js';
import {
  axes,
  columnGap,
  fontSize,
  layOutWithColumn,
  type PlottedRun,
  type Point,
  radius,
} from './accuracy-time-layout.js';
import { escapeHtml } from './escape-html.js';
import { type Box, spread } from './place-labels.js';
import { colors, fontFamily, horizontal, round, text, title, vertical } from './svg-marks.js';

const width = 920;
const frame = { left: 76, right: 892, top: 64 };
const least = { height: 420, rowHeight: 20 };
/** Time marks that fit beside each other. */
const mostTimes = 12;

/**
 * A figure against training time as an SVG picture that needs nothing from outside: a dot for each run, its 95 %
 * interval as a line through it, and its name beside it or, where the dots are crowded, in a column on the right. The
 * time axis is logarithmic.
 *
 * @param runs those with the most important names first
 * @param options `figure`: what the values are, such as accuracy; `subtitle`: what they were measured on
 * @throws RangeError without a run
 */
export function accuracyTimePlot(
  runs: readonly PlottedRun[],
  { figure, subtitle }: { figure: string; subtitle: string },
): string {
  const heading = `${figure[0].toUpperCase()}${figure.slice(1)} and training time`;
  if (runs.length === 0) throw new RangeError('there is no run to plot');
  const bottom = frame.top + Math.max(least.height, least.rowHeight * runs.length);
  const { points, inner } = layOutWithColumn(runs, { ...frame, bottom });
  const { toX, toY, xTicks, yTicks } = axes(runs, inner);
  const every = Math.ceil(xTicks.length / mostTimes);
  const height = bottom + 56;
  const parts = [
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(frame.left, 26, heading, { size: 17, fill: colors.ink, weight: 700 }),
    text(frame.left, 46, subtitle),
    ...yTicks.values.map((value) =>
      horizontal(toY(value), formatPercent(value, { digits: Math.max(0, yTicks.digits - 2) }), inner),
    ),
    ...xTicks
      .filter((_, index) => index % every === 0)
      .map(({ seconds, label }) => vertical(toX(seconds), label, inner)),
    text((inner.left + inner.right) / 2, bottom + 44, 'training time, logarithmic', { anchor: 'middle' }),
    ...column(points, inner),
    ...points.map(drawnInterval),
    ...points.map(drawnDot),
    ...points.flatMap(drawnLabel),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${fontFamily}" font-size="${fontSize}" role="img" aria-label="${escapeHtml(heading)}">
${parts.join('\n')}
</svg>
`;
}

/** The names that have no room beside their dots, each with a line to its own. */
function column(points: readonly Point[], { right, top, bottom }: Box): string[] {
  const crowded = points.filter(({ place }) => !place);
  const rows = spread(
    crowded.map(({ y }) => y),
    { top: top + fontSize, bottom, gap: least.rowHeight - 1 },
  );
  return crowded.flatMap(({ x, y, name, label }, index) => {
    const ends = `${round(x)},${round(y)} ${right + 12},${round(rows[index])} ${right + columnGap - 4},${round(rows[index])}`;
    return [
      `<polyline points="${ends}" fill="none" stroke="${colors.soft}" stroke-width="0.6" opacity="0.7"/>`,
      named(text(right + columnGap, rows[index] + 4.5, label, { fill: colors.ink }), { name, label }),
    ];
  });
}

function drawnLabel({ x, place, name, label }: Point): string[] {
  if (!place) return [];
  const anchor = place.left >= x ? 'start' : place.right <= x ? 'end' : 'middle';
  const at = { start: place.left, end: place.right, middle: (place.left + place.right) / 2 }[anchor];
  const baseline = place.bottom - fontSize * 0.3;
  return [named(text(at, baseline, label, { anchor, fill: colors.ink, halo: true }), { name, label })];
}

/** A shortened name is shown in full on hover. */
function named(svg: string, { name, label }: { name: string; label: string }): string {
  return label === name ? svg : svg.replace(/<\/text>$/, () => `${title(name)}</text>`);
}

function drawnDot({ x, y, name, value, interval, seconds }: Point): string {
  const [lower, upper] = interval.map((bound) => formatPercent(bound));
  const tip = `${name}: ${formatPercent(value)} (${lower} to ${upper}), ${formatDuration(seconds)}`;
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${colors.dot}" stroke="#ffffff" stroke-width="1.5">${title(tip)}</circle>`;
}

function drawnInterval({ x, top, bottom }: Point): string {
  return `<line x1="${round(x)}" x2="${round(x)}" y1="${round(top)}" y2="${round(bottom)}" stroke="${colors.interval}" stroke-width="3" stroke-linecap="round"/>`;
}
