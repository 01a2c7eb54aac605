import { expect } from 'vitest';

/** Expects numbers that are each within `tolerance` (absolute) of the expected ones; NaN is within nothing. */
export function expectValues(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (Math.abs(actual[i] - expected[i]) <= tolerance) continue;
    expect({ i, value: actual[i] }).toEqual({ i, value: `${expected[i]} to within ${tolerance}` });
  }
}
