import { describe, expect, it } from 'vitest';
import { parseOverride } from '../../src/config/override.js';

const valueGiven = (written: string) => parseOverride(`dataset.key=${written}`).value;

describe('the value of --set', () => {
  it('is YAML', () => {
    expect(['64', '1e-3', 'true', '[1, a]', '"1"', 'a b', '~', '', '7'].map(valueGiven)).toEqual([
      ...[64, 0.001, true, [1, 'a'], '1', 'a b', null, null, 7],
    ]);
  });

  it('is a mark as it stands, whatever it means in YAML', () => {
    const marks = [...'|>-#&*!%@`"\'[{,;:?/¶'];
    expect(marks.map(valueGiven)).toEqual(marks);
  });
});
