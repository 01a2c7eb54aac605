import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import type { ReviewCounts } from '../../src/datasets/acl-imdb/official-archive.js';

export interface ArchiveEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'BlockDevice' | 'FIFO';
  readonly linkpath?: string;
}

/** Counts of the small archives that tests make: three train, two test, two unlabelled reviews. */
export const smallCounts: ReviewCounts = {
  train: { neg: 1, pos: 2 },
  test: { neg: 1, pos: 1 },
  unsupervised: { unsup: 2 },
};

export const smallEntries: readonly ArchiveEntry[] = [
  { path: 'aclImdb/', type: 'Directory' },
  { path: 'aclImdb/README', content: 'Large Movie Review Dataset' },
  { path: 'aclImdb/imdb.vocab', content: 'the\na\n' },
  { path: 'aclImdb/test/', type: 'Directory' },
  { path: 'aclImdb/test/neg/0_2.txt', content: 'Dull.' },
  { path: 'aclImdb/test/pos/0_10.txt', content: 'Wonderful!' },
  { path: 'aclImdb/test/urls_neg.txt', content: 'test urls' },
  { path: 'aclImdb/train/labeledBow.feat', content: '1 0:7' },
  { path: 'aclImdb/train/neg/0_1.txt', content: 'A "bad" film\\movie,<br />with\ttabs\r\nand lines \u2028.' },
  // Number 10 comes before 9 in the archive, as it does in the official one.
  { path: 'aclImdb/train/pos/10_8.txt', content: '\ufeffCaf\u00e9 \u4e2d \u{1f600} \u0000 good' },
  { path: 'aclImdb/train/pos/9_7.txt', content: 'Good.' },
  { path: 'aclImdb/train/unsup/0_0.txt', content: 'Seen it.' },
  { path: 'aclImdb/train/unsup/1_0.txt', content: 'Seen it twice.' },
  { path: 'aclImdb/train/urls_unsup.txt', content: 'unsup urls' },
];

/** The bytes of a tar archive, as `tar` writes it. */
export function makeTar(entries: readonly ArchiveEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = 'File', linkpath }) => {
    const body = Buffer.from(content);
    const header = new Header({ path, type, linkpath, size: body.length, mode: 0o644, mtime: new Date(0) });
    header.encode();
    const padding = Buffer.alloc((512 - (body.length % 512)) % 512);
    return [header.block!, body, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** Writes a `.tar.gz` and gives back its path. */
export async function writeArchive(path: string, entries = smallEntries): Promise<string> {
  await writeFile(path, gzipSync(makeTar(entries), { level: 1 }));
  return path;
}

/** As many reviews as `counts` asks for, each with a text of its own. */
export function reviewEntries(counts: ReviewCounts): ArchiveEntry[] {
  return Object.entries(counts).flatMap(([split, folders]) =>
    Object.entries(folders).flatMap(([folder, count]) =>
      Array.from({ length: count ?? 0 }, (_, id) => ({
        path: `aclImdb/${split === 'unsupervised' ? 'train' : split}/${folder}/${id}_${folder === 'pos' ? 9 : 2}.txt`,
        content: `Review ${id} of ${split} ${folder}.`,
      })),
    ),
  );
}
