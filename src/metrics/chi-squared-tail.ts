const mostTerms = 1_000;
const tiny = 1e-300;

/**
 * The chance that a chi-squared variable of one degree of freedom is above `value`: the regularized incomplete gamma
 * function Q(1/2, value / 2), by its series for small values and its continued fraction (Lentz' method) for large ones
 * (Abramowitz & Stegun 6.5.29 and 6.5.31). Relative error below 1e-13.
 *
 * @param value at least 0
 * @returns 0 to 1
 */
export function chiSquaredTail(value: number): number {
  if (!(value >= 0)) throw new RangeError(`chi-squared is at least 0, got ${value}`);
  const x = value / 2;
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const factor = Math.sqrt(x / Math.PI) * Math.exp(-x);
  return x < 1.5 ? 1 - factor * series(x) : factor * continuedFraction(x);
}

/** Sum of x^n / (1/2 * 3/2 * ... * (n + 1/2)) over n from 0. */
function series(x: number): number {
  let term = 2;
  let sum = term;
  for (let n = 1; n < mostTerms && term > sum * Number.EPSILON; n += 1) {
    term *= x / (n + 0.5);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1/2 - 1 * 1/2 / (x + 5/2 - 2 * 3/2 / (x + 9/2 - ...))). */
function continuedFraction(x: number): number {
  let b = x + 0.5;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < mostTerms; n += 1) {
    const a = -n * (n - 0.5);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return fraction;
}
