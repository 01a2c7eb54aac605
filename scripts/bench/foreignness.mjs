// How well the score of foreignness tells texts of other kinds from film reviews, as a model of 300 bytes reads them.
//
//   node scripts/bench/foreignness.mjs --data-dir data [--wnut path/to/wnut17] [--quantile 0.01]
//
// Prints for each kind the ROC AUC against the 25,000 test reviews, of the score and, beside it, of the plain mean surprise
// a character, which does not reckon with a text's length; and the share that is called foreign. The form of the score
// was chosen with the WNUT posts in sight, so their figures are no measure of texts never seen; the other kinds are.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  fitForeignness,
  foreignnessOf,
  learnGrams,
  readPart,
} from '../../dist/foreignness/fit-foreignness.js';
import { surpriseOf } from '../../dist/foreignness/gram-table.js';
import { openSplit } from '../../dist/index.js';
import { rocAuc } from '../../dist/metrics/roc-auc.js';
import { foreignSentences } from './foreign-sentences.mjs';

const { values: options } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: 'data' },
    wnut: { type: 'string', default: '../shared/data/wnut17' },
    quantile: { type: 'string', default: '0.01' },
  },
});
const text = { maxLength: 300, lengthUnit: 'bytes', keep: 'start' };

async function textsOf(name) {
  const split = await openSplit(name, { dataset: { name: 'acl-imdb' }, dataDir: options['data-dir'] });
  const texts = [];
  for await (const portion of split.read()) for (const example of portion) texts.push(example.text);
  return texts;
}

/** Posts of a CoNLL file, their tokens joined by spaces. */
function postsOf(file) {
  const path = join(options.wnut, file);
  if (!existsSync(path)) return [];
  const blocks = readFileSync(path, 'utf8').split(/\r?\n\s*\r?\n/);
  const tokens = (block) => block.split(/\r?\n/).map((line) => line.split('\t')[0]);
  return blocks.map((block) => tokens(block).filter(Boolean).join(' ')).filter(Boolean);
}

let state = 1;
/** 0 to 1, the same each time (Numerical Recipes' linear congruential generator). */
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const repeated = (count, make) => Array.from({ length: count }, make);
const letters = () =>
  repeated(300, () => (random() < 1 / 6 ? ' ' : String.fromCharCode(97 + Math.floor(random() * 26)))).join(
    '',
  );
const bytes = () => Buffer.from(repeated(300, () => Math.floor(random() * 256))).toString('utf8');
const beginnings = (texts, words) => texts.map((each) => each.split(/\s+/).slice(0, words).join(' '));

const train = await textsOf('train');
const test = await textsOf('test');
const isHeldOut = (_, index) => index % 10 === 0;
const started = performance.now();
const table = learnGrams(
  train.filter((each, index) => !isHeldOut(each, index)),
  text,
);
const foreignness = fitForeignness(table, train.filter(isHeldOut), {
  quantile: Number(options.quantile),
  text,
});
const fitted = performance.now();
const score = (each) => foreignnessOf(readPart(each, text), foreignness);
const plain = (each) => surpriseOf(readPart(each, text), table).mean;
const own = { score: test.map(score), plain: test.map(plain) };
const microseconds = ((performance.now() - fitted) * 1000) / test.length / 2;

const kinds = {
  'WNUT17 test posts': postsOf('emerging.test.annotated'),
  'WNUT17 dev comments': postsOf('emerging.dev.conll'),
  'random letters': repeated(1000, letters),
  'random bytes': repeated(1000, bytes),
  ...foreignSentences(),
};
const percent = (share) => `${(100 * share).toFixed(1)} %`.padStart(8);
const foreignShare = (scores) => scores.filter((each) => each > foreignness.threshold).length / scores.length;
const auc = (foreign, home) =>
  rocAuc([...foreign.map(() => 1), ...home.map(() => 0)], [...foreign, ...home]).toFixed(4);
const row = (name, ...cells) =>
  console.log([name.padEnd(28), ...cells.map((cell) => String(cell).padStart(10))].join(''));

console.log(`fitted in ${((fitted - started) / 1000).toFixed(1)} s, ${microseconds.toFixed(1)} us a text`);
row('kind', 'texts', 'AUROC', 'of mean', 'foreign');
for (const [name, texts] of Object.entries(kinds)) {
  if (texts.length === 0) row(name, 'absent');
  else {
    const scores = texts.map(score);
    row(
      name,
      texts.length,
      auc(scores, own.score),
      auc(texts.map(plain), own.plain),
      percent(foreignShare(scores)),
    );
  }
}
row('test reviews', test.length, '', '', percent(foreignShare(own.score)));
for (const words of [2, 4, 8, 16, 32]) {
  row(
    `their first ${words} words`,
    test.length,
    '',
    '',
    percent(foreignShare(beginnings(test, words).map(score))),
  );
}
