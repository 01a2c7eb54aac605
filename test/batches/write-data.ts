import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCompactIndex } from '../../src/datasets/acl-imdb/compact-index.js';
import { formatReviewLine } from '../../src/datasets/acl-imdb/review-lines.js';
import type { Example } from '../../src/datasets/split.js';

/** Writes examples into a data folder as `imdb-rnn download` would have written the real ones. */
export async function writeData(
  dataDir: string,
  splits: {
    readonly train: readonly Example[];
    readonly test?: readonly Example[];
    readonly unsupervised?: readonly Example[];
  },
): Promise<void> {
  const folder = join(dataDir, 'aclImdb');
  await mkdir(folder, { recursive: true });
  const entries = await Promise.all(
    Object.entries(splits).map(async ([name, examples]) => {
      const lines = examples.map((example, id) =>
        formatReviewLine({ id, rating: 0, text: example.text, label: example.target as number }),
      );
      const content = Buffer.from(lines.join(''));
      const file = `${name}.jsonl`;
      await writeFile(join(folder, file), content);
      const sha256 = createHash('sha256').update(content).digest('hex');
      const facts = { file, reviews: examples.length, labels: {}, bytes: content.length, sha256 };
      return [name, { ...facts, archiveSha256: sha256 }];
    }),
  );
  await writeCompactIndex(folder, Object.fromEntries(entries));
}
