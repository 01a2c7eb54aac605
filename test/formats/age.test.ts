import { expect, it } from 'vitest';
import { formatAge } from '../../src/formats/age.js';

it.each([
  [0, 'just now'],
  [59.9, 'just now'],
  [60, '1 min'],
  [3599, '59 min'],
  [3600, '1 h'],
  [86_399, '23 h'],
  [86_400, '1 day'],
  [40.5 * 86_400, '40 days'],
  [-5, 'just now'],
])('an age of %d s is %s', (seconds, text) => {
  expect(formatAge(seconds)).toBe(text);
});
