import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { warnOfLoad } from '../../../scripts/bench/machine.mjs';

describe('a machine that is to be measured', () => {
  it('is quiet where a fraction of a core is busy', () => {
    expect(warnOfLoad(0.2, 2)).toBeUndefined();
    expect(warnOfLoad(1.5, 16)).toBeUndefined();
  });

  it('is not quiet where one of two cores is busy, and the warning names the load', () => {
    expect(warnOfLoad(1.1, 2)).toContain('1.1 on 2 cores');
  });
});
