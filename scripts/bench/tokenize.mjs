// How fast texts become tokens and numbers of tokens, for each tokenizer, on texts that it makes up itself:
//
//   node scripts/bench/tokenize.mjs [--texts 20000] [--rounds 5] [--tokenizer letters,punctuation]
//
// Build first: npm run build. MB/s are megabytes of UTF-8 for each second of processor time, so that other work on the
// machine counts less; the best of the rounds. Beside `internTokens` stand the plain way, `tokenize` and a Map, in the same
// run, and the ratio of the two.
import { parseArgs } from 'node:util';
import { beginBenchmark } from './begin.mjs';
import { describeMachine } from './machine.mjs';
import { madeUpTexts } from './made-up-texts.mjs';

const { values: options } = parseArgs({
  options: {
    texts: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '5' },
    tokenizer: { type: 'string', default: 'letters,punctuation,keras,words,characters,subwords' },
  },
});
const machine = beginBenchmark();
const [{ fillConfig }, { internTokens }, { tokenize }] = await Promise.all([
  import('../../dist/config/fill-config.js'),
  import('../../dist/text/intern-tokens.js'),
  import('../../dist/text/tokenize.js'),
]);

const texts = madeUpTexts(Number(options.texts));
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;

/**
 * @param {() => unknown} work
 * @returns {number} MB/s
 */
function speedOf(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return megabytes / ((user + system) / 1e6);
}

/** @param {any} config */
function plainWay(config) {
  const places = new Map();
  const ids = [];
  for (const text of texts) {
    for (const token of tokenize(text, config)) {
      let place = places.get(token);
      if (place === undefined) {
        place = places.size;
        places.set(token, place);
      }
      ids.push(place);
    }
  }
  return ids;
}

console.log(`${describeMachine(machine)}; ${texts.length} texts, ${megabytes.toFixed(1)} MB`);
for (const tokenizer of options.tokenizer.split(',')) {
  const text = { tokenizer, lengthUnit: 'tokens', maxLength: 1_000_000 };
  const config = fillConfig({ text, model: { layers: [{ cell: 'gru' }] } }, 'benchmark').text;
  let [interned, plain] = [0, 0];
  for (let round = 0; round < Number(options.rounds); round++) {
    interned = Math.max(
      interned,
      speedOf(() => internTokens(texts, config)),
    );
    plain = Math.max(
      plain,
      speedOf(() => plainWay(config)),
    );
  }
  console.log(
    `${tokenizer.padEnd(12)} internTokens ${interned.toFixed(1).padStart(6)} MB/s   plain way ${plain.toFixed(1).padStart(6)} MB/s   ratio ${(interned / plain).toFixed(2)}`,
  );
}
