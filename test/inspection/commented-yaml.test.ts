import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commentedYaml, entriesOf } from '../../src/inspection/commented-yaml.js';

describe('commentedYaml', () => {
  it('puts reasons behind values, or above where the line would be too long', () => {
    const yaml = commentedYaml([
      { comment: 'What it is.' },
      { key: 'task', value: 'classification', reason: 'short' },
      { key: 'text', value: [{ key: 'maxLength', value: 300, reason: 'word '.repeat(30) }] },
    ]);
    const [first, second, third, above, more, value] = yaml.split('\n');
    expect([first, second, third]).toEqual(['# What it is.', 'task: classification  # short', 'text:']);
    expect(above).toMatch(/^ {2}# word word/);
    expect(above.length).toBeLessThanOrEqual(110);
    expect(more).toMatch(/^ {2}# word/);
    expect(value).toBe('  maxLength: 300');
  });

  it('keeps a comment a comment, whatever a label holds', () => {
    const yaml = commentedYaml([
      { key: 'a', value: 1, reason: 'x\nb: 2\r- c\u2028d: 3\u0085e: 4 \u202efghi' },
    ]);
    expect(parse(yaml)).toEqual({ a: 1 });
    expect(yaml).not.toMatch(/[\u202e\u2028\u0085\r\n]/);
  });

  it('writes any value so that it is read as the same', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string()),
    );
    const mapping = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.oneof(value, fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { minKeys: 1 })),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(mapping, fc.string({ unit: 'binary' }), (content, reason) => {
        const entries = entriesOf(content).map((entry) => ({ ...entry, reason }));
        expect(parse(commentedYaml(entries))).toEqual(structuredClone({ ...content }));
      }),
    );
  });
});
