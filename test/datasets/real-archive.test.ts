import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { downloadAclImdb } from '../../src/datasets/acl-imdb/download-acl-imdb.js';
import { readArchive } from '../../src/datasets/acl-imdb/read-archive.js';
import { parseReviewPath } from '../../src/datasets/acl-imdb/review.js';
import { openSplit } from '../../src/datasets/open-split.js';
import { readAll } from '../../src/datasets/read-all.js';
import { packageFile } from '../../src/files/package-root.js';
import { noRealArchive, realArchive } from './real-archive.js';
import { temporaryFolder } from './temporary-folder.js';

describe.skipIf(noRealArchive !== '')(`the real archive${noRealArchive}`, () => {
  it('gives 25,000 train and 25,000 test reviews, the same bytes every time', async () => {
    const dataDir = await temporaryFolder();
    const started = performance.now();
    const { splits } = await downloadAclImdb({ dataDir, archive: realArchive });
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    console.log(`the real archive: unpacked and verified in ${seconds} s`);
    expect(splits).toMatchObject([
      {
        name: 'train',
        reviews: 25_000,
        contentHash: 'f839bb0fa0429a1522d0a5070c439606f8be474aafb33801015f3792914a3b1e',
      },
      {
        name: 'test',
        reviews: 25_000,
        contentHash: 'bc96184741a4af14537d3f0752261138daaf576d0a1dfa3787d7f5dd71c58f5a',
      },
    ]);
    const train = await readAll(await openSplit('train', { dataset: { name: 'acl-imdb' }, dataDir }));
    expect(train[0]).toEqual({
      target: 0,
      text: expect.stringMatching(/^Story of a man who has unnatural feelings for a pig\. Starts out with a/),
    });
    expect(train[12_500]).toEqual({
      target: 1,
      text: expect.stringMatching(
        /^Bromwell High is a cartoon comedy\. It ran at the same time as some other/,
      ),
    });
    expect(train.filter(({ target }) => target === 1)).toHaveLength(12_500);
  });

  it('holds the sample: each of its reviews is the start of one of the archive, of the same number and rating', async () => {
    const sample = new Map<string, string>();
    for (const split of ['train', 'test']) {
      const lines = (await readFile(packageFile('data', 'sample', `${split}.jsonl`), 'utf8'))
        .trimEnd()
        .split('\n');
      for (const line of lines) {
        const { id, label, rating, text } = JSON.parse(line);
        sample.set(`${split}/${label === 1 ? 'pos' : 'neg'}/${id}_${rating}.txt`, text);
      }
    }
    const found = new Map<string, string>();
    await readArchive(realArchive, {
      wants: (path) => parseReviewPath(path) !== undefined && sample.has(path),
      onFile: (path, content) => found.set(path, [...content.toString()].slice(0, 300).join('')),
    });
    expect(sample.size).toBe(3000);
    expect(found.size).toBe(3000);
    for (const [path, text] of found) expect(sample.get(path)).toBe(text);
  });

  it('is known by the checksum that data/README.md tells', async () => {
    const readme = await readFile(packageFile('data', 'README.md'), 'utf8');
    expect(readme).toContain(
      createHash('sha256')
        .update(await readFile(realArchive))
        .digest('hex'),
    );
  });
});
