/** Round numbers that cover a range, and the digits after the point that tell them apart. */
export interface AxisTicks {
  /** Rising; the first is at most the least value, the last at least the greatest. */
  readonly values: readonly number[];
  readonly digits: number;
}

/** About `count` ticks in steps of 1, 2 or 5 times a power of ten; a range of one value is widened. */
export function axisTicks(
  least: number,
  greatest: number,
  { count = 5 }: { count?: number } = {},
): AxisTicks {
  const span = greatest - least > 1e-12 ? greatest - least : Math.max(Math.abs(least), 1e-3);
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? 10 * power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(Math.ceil(greatest / step - 1e-9), first + 1);
  const values = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toFixed(digits)),
  );
  return { values, digits };
}

/** From a value between `from` and `to` to its place between `start` and `end`; the middle where there is one value only. */
export function linearScale(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): (value: number) => number {
  return (value) =>
    to === from ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
}
