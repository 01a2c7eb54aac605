// Learning subwords and encoding with them, beside Hugging Face's tokenizers, in one run on one machine:
//
//   node scripts/bench/subwords.mjs --archive aclImdb_v1.tar.gz [--python FILE] [--vocabulary-size 30000] [--threads 2] [--rounds 3]
//
// Build first: npm run build. The texts are the 50,000 labelled film reviews of the archive. `--python` names a Python that
// has `tokenizers`; without it only ours is measured. Each learns from texts in memory in a process of its own, in turn;
// the rival encodes on all threads, ours on one. Behind that stands how fast ours encodes the texts that it learned from, which
// it has as numbers of words by then. What differs: our words take the marks of letters for letters, which the rival's do
// not; the subwords that have the same id in both are counted.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as tar from 'tar';
import { beginBenchmark } from './begin.mjs';
import { describeMachine } from './machine.mjs';
import { answerOf } from './run-program.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

const { values: options } = parseArgs({
  options: {
    archive: { type: 'string' },
    python: { type: 'string' },
    'vocabulary-size': { type: 'string', default: '30000' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
  },
});
if (!options.archive) {
  throw new Error('usage: node scripts/bench/subwords.mjs --archive aclImdb_v1.tar.gz [--python FILE]');
}
const machine = beginBenchmark();

/** @param {string} file */
async function readTexts(file) {
  /** @type {string[]} */
  const texts = [];
  await tar.t({
    file,
    onReadEntry(entry) {
      if (!/aclImdb\/(train|test)\/(pos|neg)\/[^/]+\.txt$/.test(entry.path)) {
        entry.resume();
        return;
      }
      /** @type {Buffer[]} */
      const chunks = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      // Ours takes line breaks out, which the rival does not.
      entry.on('end', () => texts.push(Buffer.concat(chunks).toString().replaceAll('<br />', ' ')));
    },
  });
  return texts;
}

const texts = await readTexts(options.archive);
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
const input = join(makeTemporaryFolder(), 'texts.json');
writeFileSync(input, JSON.stringify(texts));

const parameters = [input, '--vocabulary-size', options['vocabulary-size'], '--threads', options.threads];
const scriptOf = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
const own = () => answerOf(process.execPath, [scriptOf('own-subwords.mjs'), ...parameters]);
const rival = (/** @type {string} */ python) =>
  answerOf(python, [scriptOf('rivals/subwords_rival.py'), ...parameters]);

/** @param {string} name @param {any} answer */
function print(name, { learnSeconds, learnProcessorSeconds, encodeSeconds, encodeLearnedSeconds, ids }) {
  const learned = encodeLearnedSeconds
    ? `, ${(megabytes / encodeLearnedSeconds).toFixed(1)} MB/s what it learned from`
    : '';
  console.log(
    `${name.padEnd(24)} learns in ${learnSeconds.toFixed(2).padStart(6)} s (${learnProcessorSeconds.toFixed(2).padStart(6)} s of processors)   encodes ${(megabytes / encodeSeconds).toFixed(1).padStart(6)} MB/s${learned}   ${ids} ids`,
  );
}

console.log(`${describeMachine(machine)}; ${texts.length} texts, ${megabytes.toFixed(1)} MB`);
for (let round = 1; round <= Number(options.rounds); round++) {
  const ours = await own();
  print('imdb-rnn', ours);
  if (!options.python) continue;
  const theirs = await rival(options.python);
  print(`tokenizers ${theirs.version}`, theirs);
  /** @type {(token: string, place: number) => boolean} */
  const isSame = (token, place) => token === theirs.tokens[place];
  const common = ours.tokens.filter(isSame).length;
  console.log(
    `${'ratio of the times'.padEnd(24)} learning ${(ours.learnSeconds / theirs.learnSeconds).toFixed(2)} (${(ours.learnProcessorSeconds / theirs.learnProcessorSeconds).toFixed(2)} of processors)   encoding ${(ours.encodeSeconds / theirs.encodeSeconds).toFixed(2)}   ${common} of ${ours.tokens.length} subwords have the same id`,
  );
}
