// Draws the sample in data/sample/ from the Large Movie Review Dataset: 2,000 train and 1,000 test reviews, as many
// positive as negative ones, their first 300 characters (code points). The same archive gives the same sample.
//
//   npm run build && node scripts/make-sample.mjs data/aclImdb_v1.tar.gz
import { mkdirSync, writeFileSync } from 'node:fs';
import seedrandom from 'seedrandom';
import { readArchive } from '../dist/datasets/acl-imdb/read-archive.js';
import { compareReviews, parseReviewPath } from '../dist/datasets/acl-imdb/review.js';
import { formatReviewLine } from '../dist/datasets/acl-imdb/review-lines.js';

const seed = 'imdb-rnn sample 1';
const examplesPerLabel = { train: 1000, test: 500 };
const maxCharacters = 300;

const [archive] = process.argv.slice(2);
if (!archive) {
  console.error('usage: node scripts/make-sample.mjs <aclImdb_v1.tar.gz>');
  process.exit(2);
}

const examples = [];
await readArchive(archive, {
  wants: (path) => parseReviewPath(path)?.split in examplesPerLabel,
  onFile: (path, content) => examples.push({ ...parseReviewPath(path), text: content.toString() }),
});
examples.sort(compareReviews);

const random = seedrandom.alea(seed);
mkdirSync('data/sample', { recursive: true });
for (const [split, count] of Object.entries(examplesPerLabel)) {
  const drawn = [0, 1].flatMap((label) =>
    draw(
      examples.filter((example) => example.split === split && example.label === label),
      count,
    ),
  );
  const lines = drawn.sort(compareReviews).map(({ text, ...example }) => {
    const start = [...text.slice(0, 2 * maxCharacters)].slice(0, maxCharacters).join('');
    return formatReviewLine({ ...example, text: start });
  });
  writeFileSync(`data/sample/${split}.jsonl`, lines.join(''));
  console.log(`data/sample/${split}.jsonl: ${lines.length} examples`);
}

/** So many different items, each choice equally likely: the first steps of a Fisher-Yates shuffle. */
function draw(items, count) {
  const pool = [...items];
  for (let place = 0; place < count; place += 1) {
    const other = place + Math.floor(random() * (pool.length - place));
    [pool[place], pool[other]] = [pool[other], pool[place]];
  }
  return pool.slice(0, count);
}
