import { axisTicks, linearScale } from './axis-ticks.js';
import { escapeHtml } from './escape-html.js';
import { colors, fontFamily, horizontal, round, text, vertical } from './svg-marks.js';

const [width, height] = [760, 440];
const frame = { left: 76, right: 732, top: 64, bottom: 376 };

/** What a test of learning rates saw. */
export interface RateCurve {
  /** At least one, the rates rising. */
  readonly points: readonly {
    readonly learningRate: number;
    readonly loss: number;
    readonly smoothedLoss: number;
  }[];
  readonly proposed?: number;
}

/** The loss against the learning rate, which has a logarithmic axis, as an SVG picture that needs nothing from outside. */
export function ratePlot({ points, proposed }: RateCurve, { subtitle }: { subtitle: string }): string {
  const exponents = points.map(({ learningRate }) => Math.log10(learningRate));
  const ends = [exponents[0], exponents.at(-1)!] as const;
  const smoothed = points.map(({ smoothedLoss }) => smoothedLoss);
  const yTicks = axisTicks(Math.min(...smoothed), Math.max(...smoothed));
  const [lowest, highest] = [yTicks.values[0], yTicks.values.at(-1)!];
  const toX = linearScale(ends, [frame.left, frame.right]);
  const toY = linearScale([lowest, highest], [frame.bottom, frame.top]);
  const inside = (y: number) => Math.min(frame.bottom, Math.max(frame.top, y));
  const line = (values: readonly number[]) =>
    values.map((value, index) => `${round(toX(exponents[index]))},${round(inside(toY(value)))}`).join(' ');
  const powers = Array.from({ length: 40 }, (_, index) => index - 30).filter(
    (power) => power >= ends[0] - 1e-9 && power <= ends[1] + 1e-9,
  );
  const heading = 'Loss against learning rate';
  const parts = [
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(frame.left, 26, heading, { size: 17, fill: colors.ink, weight: 700 }),
    text(frame.left, 46, subtitle),
    ...yTicks.values.map((value) => horizontal(toY(value), value.toFixed(yTicks.digits), frame)),
    ...powers.map((power) => vertical(toX(power), power >= -2 ? String(10 ** power) : `1e${power}`, frame)),
    text((frame.left + frame.right) / 2, frame.bottom + 44, 'learning rate, logarithmic', {
      anchor: 'middle',
    }),
    `<polyline points="${line(points.map(({ loss }) => loss))}" fill="none" stroke="${colors.interval}" stroke-width="1"/>`,
    `<polyline points="${line(smoothed)}" fill="none" stroke="${colors.dot}" stroke-width="2.25"/>`,
    ...(proposed === undefined ? [] : mark(toX(Math.log10(proposed)), proposed)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${fontFamily}" font-size="13" role="img" aria-label="${escapeHtml(heading)}">
${parts.join('\n')}
</svg>
`;
}

function mark(x: number, rate: number): string[] {
  const onRight = x < (frame.left + frame.right) / 2;
  return [
    `<line x1="${round(x)}" x2="${round(x)}" y1="${frame.top}" y2="${frame.bottom}" stroke="${colors.soft}" stroke-dasharray="3 4"/>`,
    text(x + (onRight ? 6 : -6), frame.top + 12, `proposed: ${rate.toPrecision(2)}`, {
      ...{ anchor: onRight ? 'start' : 'end', fill: colors.ink, halo: true },
    }),
  ];
}
