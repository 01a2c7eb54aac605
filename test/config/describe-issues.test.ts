import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssues } from '../../src/config/describe-issues.js';
import type { SchemaNode } from '../../src/config/schema-node.js';

const schema = z.strictObject({
  layers: z.array(
    z.discriminatedUnion('cell', [
      z.strictObject({ cell: z.literal('gru'), units: z.int().min(1).max(9).default(3) }),
      z.strictObject({ cell: z.literal('lstm'), forgetBias: z.number().lte(1).optional() }),
    ]),
  ),
  size: z.union([z.int(), z.literal('all')]).optional(),
  even: z
    .int()
    .refine((value) => value % 2 === 0, 'must be even')
    .optional(),
});

function sentences(value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const json = z.toJSONSchema(schema, { io: 'input' }) as SchemaNode;
  return describeIssues(issues, { value, schema: json }).map(({ sentence }) => sentence);
}

describe('what is wrong, in words', () => {
  it('lists the kinds of a choice and suggests the nearest', () => {
    expect(sentences({ layers: [{ cell: 'grus' }, { cell: 'transformer' }, {}] })).toEqual([
      'layers[0].cell is "grus". Use one of: gru, lstm. Did you mean gru?',
      'layers[1].cell is "transformer". Use one of: gru, lstm.',
      'layers[2].cell is missing. Use one of: gru, lstm.',
    ]);
  });

  it('looks into the kind that was chosen', () => {
    expect(
      sentences({
        layers: [
          { cell: 'gru', units: 10 },
          { cell: 'lstm', forgetBias: 'x', bias: 1 },
          { cell: 'gru', unit: 1 },
          { cell: 'lstm', units: 1 },
        ],
      }),
    ).toEqual([
      'layers[0].units is 10. Expected a whole number of at least 1 and of at most 9.',
      'layers[1].forgetBias is "x". Expected a number of at most 1.',
      'layers[1].bias is not a known key. Known keys of cell lstm: cell, forgetBias.',
      'layers[2].unit is not a known key. Did you mean units?',
      'layers[3].units is not a key of cell lstm. It belongs to cell gru.',
    ]);
  });

  it('says by which key the kinds of a mapping are told apart', () => {
    expect(sentences({ layers: ['gru'] })).toEqual([
      'layers[0] is "gru". Expected a mapping with the key cell: one of gru, lstm.',
    ]);
  });

  it('names all that may stand at a place', () => {
    expect(sentences({ layers: [], size: 'some' })).toEqual([
      'size is "some". Expected a whole number, or one of: all.',
    ]);
  });

  it("hands on a rule's own words", () => {
    expect(sentences({ layers: [], even: 3 })).toEqual(['even: must be even.']);
  });

  it('cuts a long text', () => {
    expect(sentences({ layers: 'x'.repeat(500) })[0]).toBe(
      `layers is "${'x'.repeat(59)}…". Expected a list.`,
    );
  });
});
