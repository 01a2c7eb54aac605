import { lineError } from '../parse-lines.js';
import { byteOfId, idOfByte, letterOfByte, lettersAsBytes } from './byte-alphabet.js';
import { byteCount, type Merges } from './learn-merges.js';
import { mergeWord } from './merge-word.js';
import { PairTable } from './pair-table.js';
import { subwordBytes } from './subword-bytes.js';

/**
 * Subwords as lines, one each, by id: the 256 bytes, then what the merges have made, in the letters of the byte alphabet.
 * The merges need no lines of their own: each is the pair into which those before it divide its subword
 * ({@link parseSubwordLines}).
 */
export function subwordLines(merges: Merges): string[] {
  const { bytes, offsets } = subwordBytes(merges);
  return Array.from({ length: offsets.length - 1 }, (_, id) => {
    let letters = '';
    for (let place = offsets[id]; place < offsets[id + 1]; place++) {
      letters += String.fromCharCode(letterOfByte[bytes[place]]);
    }
    return letters;
  });
}

/**
 * Reads what {@link subwordLines} gave.
 *
 * @param options.firstLine the number of the first line in its file, from 0, for errors
 * @throws UserError naming the first line that is wrong
 */
export function parseSubwordLines(lines: readonly string[], { firstLine = 0 } = {}): Merges {
  const pairs = new PairTable();
  for (let id = 0; id < Math.max(byteCount, lines.length); id++) {
    const line = lines[id] ?? '';
    const fail = (fault: string) => lineError(firstLine + id, fault);
    if (id < byteCount) {
      const expected = String.fromCharCode(letterOfByte[byteOfId[id]]);
      if (line !== expected) throw fail(`expected the byte ${expected}, got "${line}"`);
      continue;
    }
    const bytes = lettersAsBytes(line);
    if (bytes === undefined) throw fail(`"${line}" has a character that stands for no byte`);
    const ids = Int32Array.from(bytes, (byte) => idOfByte[byte]);
    const length = mergeWord(ids, ids.length, pairs);
    if (length === 1) throw fail(`"${line}" stands there a second time`);
    if (length !== 2) throw fail(`"${line}" is not made of two subwords of earlier lines`);
    pairs.add(ids[0], ids[1]);
  }
  return { lefts: pairs.lefts.slice(0, pairs.size), rights: pairs.rights.slice(0, pairs.size) };
}
