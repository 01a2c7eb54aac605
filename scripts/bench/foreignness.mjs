// How well the score of foreignness tells texts of other kinds from film reviews, as a model of 300 bytes reads them.
//
//   node scripts/bench/foreignness.mjs --data-dir data [--wnut path/to/wnut17] [--quantile 0.01]
//
// Prints for each kind the ROC AUC of the score against the 25,000 test reviews as a model reads them; against beginnings of
// them that have as many words as the foreign texts, which length does not give away; of the score in deviations of the
// text's length, which the threshold is for, against whole reviews; and the share that is called foreign. The form of the
// score was chosen on the WNUT training posts and on documentation, against held-out training reviews.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitForeignness, judgeText, learnGrams, readPart } from '../../dist/foreignness/fit-foreignness.js';
import { serializeForeignness } from '../../dist/foreignness/foreignness-file.js';
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
const grams = learnGrams(
  train.filter((each, index) => !isHeldOut(each, index)),
  text,
);
const foreignness = fitForeignness(grams, train.filter(isHeldOut), {
  quantile: Number(options.quantile),
  text,
});
const fitted = performance.now();
const read = test.map((each) => readPart(each, text));
const judge = (texts) => texts.map((each) => judgeText(readPart(each, text), foreignness));
// Of processor time: other work on the machine has no say.
const begun = process.cpuUsage();
const own = read.map((each) => judgeText(each, foreignness));
const { user, system } = process.cpuUsage(begun);
const megabytesPerSecond = read.reduce((sum, each) => sum + Buffer.byteLength(each), 0) / (user + system);

const kinds = {
  'WNUT17 test posts': postsOf('emerging.test.annotated'),
  'WNUT17 dev comments': postsOf('emerging.dev.conll'),
  'WNUT17 train posts': postsOf('wnut17train.conll'),
  'random letters': repeated(1000, letters),
  'random bytes': repeated(1000, bytes),
  ...foreignSentences(),
};
const percent = (share) => `${(100 * share).toFixed(1)} %`.padStart(8);
const foreignShare = (judged) => judged.filter(({ unknown }) => unknown).length / judged.length;
const auc = (foreign, home, what = 'foreignness') =>
  rocAuc(
    [...foreign.map(() => 1), ...home.map(() => 0)],
    [...foreign, ...home].map((each) => each[what]),
  ).toFixed(4);
const wordsOf = (each) => readPart(each, text).trim().split(/\s+/).length;
/** Each test review cut to as many words as one of the texts has, in turn. */
const asLongAs = (texts) => {
  const words = texts.map(wordsOf);
  return read.map((each, index) => beginnings([each.trim()], words[index % words.length])[0]);
};
const row = (name, ...cells) =>
  console.log([name.padEnd(28), ...cells.map((cell) => String(cell).padStart(10))].join(''));

console.log(
  `fitted in ${((fitted - started) / 1000).toFixed(1)} s, ${megabytesPerSecond.toFixed(1)} MB/s of a core, ` +
    `a file of ${serializeForeignness(foreignness).length} bytes`,
);
row('kind', 'texts', 'AUROC', 'as long', 'by length', 'foreign');
for (const [name, texts] of Object.entries(kinds)) {
  if (texts.length === 0) row(name, 'absent');
  else {
    const judged = judge(texts);
    row(
      name,
      texts.length,
      auc(judged, own),
      auc(judged, judge(asLongAs(texts))),
      auc(judged, own, 'excess'),
      percent(foreignShare(judged)),
    );
  }
}
row('test reviews', test.length, '', '', '', percent(foreignShare(own)));
for (const words of [2, 4, 8, 16, 32]) {
  const judged = judge(beginnings(test, words));
  row(`their first ${words} words`, test.length, '', '', '', percent(foreignShare(judged)));
}
