import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addColumn } from '../../src/rows/add-column.js';
import { writeRows } from '../../src/rows/write-rows.js';

const textOf = async (pieces: AsyncIterable<string | Uint8Array>) => {
  const parts: string[] = [];
  for await (const piece of pieces) parts.push(piece.toString());
  return parts.join('');
};

it('adds an empty field to the first records and a name to the header, wherever chunks end', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom('a', '"', '\n', ',', '\r') }), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.nat(8),
      fc.integer({ min: 1, max: 9 }),
      async (texts, place, chunk) => {
        const plain = Math.min(place, texts.length);
        const early = texts.slice(0, plain).map((text) => ({ id: 1, text }));
        const late = texts.slice(plain).map((text) => ({ id: 1, text, note: 'n' }));
        const columns = ['id', 'text', 'note'];
        const layout = { format: 'csv', columns: ['id', 'text'] } as const;
        const written =
          (await textOf(writeRows([early], layout))) +
          (await textOf(writeRows([late], { ...layout, columns, header: false })));
        const bytes = Buffer.from(written);
        async function* chunks() {
          for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
        }
        const added = await textOf(addColumn(chunks(), 'note', { delimiter: ',', records: plain }));
        expect(added).toBe(await textOf(writeRows([[...early, ...late]], { ...layout, columns })));
      },
    ),
  ));
