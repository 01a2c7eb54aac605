import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { downloadAclImdb } from '../../../src/datasets/acl-imdb/download-acl-imdb.js';
import { hasSplit, openSplit } from '../../../src/datasets/open-split.js';
import { readAll } from '../../../src/datasets/read-all.js';
import { smallCounts, writeArchive } from '../make-archive.js';
import { answerFile, serve } from '../serve.js';
import { temporaryFolder } from '../temporary-folder.js';

const program = fileURLToPath(new URL('./killed-program.mjs', import.meta.url));

/** Runs the program until it kills itself; gives what it printed, '' when it was killed. */
function runUntilKilled(options: object, killAt: number): Promise<string> {
  const child = spawn(process.execPath, [program, JSON.stringify(options), String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(output);
      else reject(new Error(`the program failed with code ${code}`));
    });
  });
}

/** Every change is tried with IMDB_RNN_TEST_ALL=1 (a minute); else every third, which others do for each layout. */
const stride = process.env.IMDB_RNN_TEST_ALL ? 1 : 3;

describe.skipIf(process.platform === 'win32')('a killed program (skipped on Windows: no SIGKILL)', () => {
  it.each([
    { layout: 'compact', first: 1 },
    { layout: 'files', first: 2 },
  ] as const)(
    'leaves nothing that is taken for whole, whichever change to the disk it was at: $layout',
    async ({ layout, first }) => {
      const base = await temporaryFolder();
      const content = await readFile(await writeArchive(join(base, 'small.tar.gz')));
      const sha256 = createHash('sha256').update(content).digest('hex');
      const server = await serve((request, response) => {
        answerFile(request, response, { content, etag: '"1"' });
      });
      const official = { url: server.url.href, bytes: content.length, sha256 };
      const fetchInto = (name: string) => ({
        ...{ dataDir: join(base, name), counts: smallCounts, official, layout },
      });
      const inFolder = (name: string) => ({ ...fetchInto(name), dataset: { name: 'acl-imdb' } as const });
      const readTrain = async (name: string) => readAll(await openSplit('train', inFolder(name)));
      await downloadAclImdb(fetchInto('whole'));
      const expected = await readTrain('whole');
      for (let killAt = first; ; killAt += stride) {
        const name = `killed-${killAt}`;
        const output = await runUntilKilled(fetchInto(name), killAt);
        if (await hasSplit('train', inFolder(name))) expect(await readTrain(name)).toEqual(expected);
        await downloadAclImdb(fetchInto(name));
        expect(await readTrain(name)).toEqual(expected);
        expect((await openSplit('test', inFolder(name))).count).toBe(2);
        if (output === '') continue;
        // It came to its end: it makes fewer changes than that.
        expect(Number(output)).toBeLessThan(killAt);
        expect(killAt).toBeGreaterThan(20);
        break;
      }
    },
  );
});
