/**
 * The point below which a share of Student's t distribution lies, to a relative 1e-9: found by halving, over the integral of
 * the density. With x = sqrt(n) tan(a) the density becomes cos(a)^(n-1), which is smooth and bounded (Abramowitz & Stegun,
 * 26.7.1).
 *
 * @param share above one half and below 1
 * @param freedom degrees of freedom, a whole number from 1
 * @throws RangeError for other numbers
 */
export function studentQuantile(share: number, freedom: number): number {
  if (!(share > 0.5 && share < 1) || !Number.isInteger(freedom) || freedom < 1) {
    throw new RangeError(`there is no point of share ${share} with ${freedom} degrees of freedom`);
  }
  const half = integral(Math.PI / 2, freedom);
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (0.5 + integral(middle, freedom) / (2 * half) < share) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

/** Of cos(a)^(freedom - 1) from 0 to an angle, by its recurrence: exact but for rounding (Gradshteyn & Ryzhik, 2.513). */
function integral(angle: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const power = freedom - 1;
  let value = power % 2 === 0 ? angle : sine;
  for (let n = 2 + (power % 2); n <= power; n += 2) {
    value = (cosine ** (n - 1) * sine + (n - 1) * value) / n;
  }
  return value;
}
