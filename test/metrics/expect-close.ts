import { expect } from 'vitest';

/**
 * Expects the same nulls, and numbers that differ by at most `tolerance`, relative to those above 1, in arrays and
 * objects of any depth. What `expected` does not name is not compared.
 */
export function expectClose(
  actual: unknown,
  expected: unknown,
  { tolerance = 1e-12, where = '' } = {},
): void {
  if (typeof expected === 'number') {
    expect(typeof actual, where).toBe('number');
    const distance = Math.abs((actual as number) - expected);
    expect(distance, `${where}: ${actual} for ${expected}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(expected)),
    );
    return;
  }
  if (expected === null || typeof expected !== 'object') {
    expect(actual, where).toBe(expected);
    return;
  }
  if (Array.isArray(expected)) expect(actual, where).toHaveLength(expected.length);
  for (const [key, value] of Object.entries(expected)) {
    expectClose((actual as Record<string, unknown>)[key], value, { tolerance, where: `${where}.${key}` });
  }
}
