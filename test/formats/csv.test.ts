import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../src/formats/csv.js';

describe('CSV', () => {
  it('quotes what would break a line, and leaves empty what is not there', () => {
    expect(
      formatCsv(
        ['name', 'n'],
        [
          ['a "b", c', 0.1],
          ['line\nbreak', null],
          ['', undefined],
        ],
      ),
    ).toBe('name,n\n"a ""b"", c",0.1\n"line\nbreak",\n,');
  });
});
