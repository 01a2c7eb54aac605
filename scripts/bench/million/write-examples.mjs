// Examples that nobody wrote, as many as asked for: words by Zipf's law, labels that some of the words tell.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const vocabularySize = 200_000;
/** Of each label: words that are more frequent in its examples. */
const tellingWords = 40;
/** Share of the words of an example that tell its label. */
const tellingShare = 0.02;
const [shortest, longest] = [600, 1_400];
const guideParts = 2 ** 18;
const blockLength = 4 * 2 ** 20;

/** @param {number} seed @returns {() => number} numbers in [0, 1): Marsaglia's xorshift, 32 bits */
function makeRandom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Words of syllables, the frequent ones short: nearly five letters on average where they come by Zipf's law. */
function makeWords() {
  const [consonants, vowels, ends] = ['bcdfghjklmnprstvwxyz', 'aeiou', ['', 'n', 'st']];
  return Array.from({ length: vocabularySize }, (_, rank) => {
    let word = '';
    for (let rest = rank; ; rest = Math.floor(rest / 100) - 1) {
      word += consonants[Math.floor(rest / 5) % 20] + vowels[rest % 5];
      if (rest < 100) return word + ends[rank % 3];
    }
  });
}

/** @param {() => number} random @returns {() => number} ranks of words, the first the most frequent: P(rank) ~ 1 / (rank + 1) */
function makeZipf(random) {
  const upTo = new Float64Array(vocabularySize);
  let sum = 0;
  for (let rank = 0; rank < vocabularySize; rank++) upTo[rank] = sum += 1 / (rank + 1);
  /** Where the search begins for each of equal parts of [0, sum). */
  const guide = new Int32Array(guideParts);
  for (let part = 0, rank = 0; part < guideParts; part++) {
    while (upTo[rank] <= (part / guideParts) * sum) rank++;
    guide[part] = rank;
  }
  return () => {
    const wanted = random();
    let rank = guide[Math.floor(wanted * guideParts)];
    while (upTo[rank] <= wanted * sum && rank + 1 < vocabularySize) rank++;
    return rank;
  };
}

/**
 * Writes a CSV file with the columns text and label, about 1 kB a row; the same for the same numbers.
 *
 * @param {string} path
 * @param {{ rows: number, labels: number, seed?: number }} options
 * @returns {Promise<{ bytes: number, textBytes: number }>} of the file, and of its texts
 */
export async function writeExamples(path, { rows, labels, seed = 1 }) {
  const random = makeRandom(0x9e3779b9 ^ seed);
  const words = makeWords();
  const zipf = makeZipf(random);
  const stream = createWriteStream(path);
  let [bytes, textBytes] = [0, 0];
  let block = 'text,label\n';
  for (let row = 0; row < rows; row++) {
    const label = Math.floor(random() * labels);
    const length = shortest + random() * (longest - shortest);
    let text = '';
    while (text.length < length) {
      const tells = random() < tellingShare;
      const rank = tells ? 1_000 + label * tellingWords + Math.floor(random() * tellingWords) : zipf();
      text += words[rank];
      const mark = random();
      text += mark < 0.06 ? ', ' : mark < 0.1 ? '. ' : mark < 0.105 ? ' ""' : ' ';
    }
    textBytes += text.length;
    block += `"${text}",label ${label}\n`;
    if (block.length < blockLength && row + 1 < rows) continue;
    bytes += block.length;
    if (!stream.write(block)) await once(stream, 'drain');
    block = '';
  }
  stream.end(block);
  await once(stream, 'close');
  return { bytes: bytes + block.length, textBytes };
}
