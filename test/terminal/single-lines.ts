import type { TextEncoding } from '../../src/rows/row.js';
import { readLinePortions } from '../../src/terminal/read-lines.js';

/** The lines of a byte stream one by one, in whatever portions they come. */
export async function* singleLines(
  bytes: AsyncIterable<Uint8Array>,
  options: { encoding?: TextEncoding } = {},
): AsyncGenerator<string> {
  for await (const lines of readLinePortions(bytes, options)) yield* lines;
}
