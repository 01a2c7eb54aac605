import { describe, expect, it } from 'vitest';
import { stopsEarly } from '../../src/training/early-stopping.js';
import { readSchedules } from '../golden/read-schedules.js';

describe('early stopping', () => {
  it.each(readSchedules().earlyStopping)(
    'ends where EarlyStopping of Keras ends: patience $patience, $minDelta better, after $stopsAfter of $history',
    ({ history, stopsAfter, ...settings }) => {
      const ends = history.map((_, place) => stopsEarly(history.slice(0, place + 1), settings));
      const first = ends.indexOf(true);
      expect(first < 0 ? null : first + 1).toBe(stopsAfter);
    },
  );

  it('does not end before anything was validated', () => {
    expect(stopsEarly([], { patience: 1, minDelta: 0 })).toBe(false);
  });
});
