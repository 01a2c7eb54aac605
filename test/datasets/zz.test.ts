import { it } from 'vitest';
import { Agent } from 'undici';
import { join } from 'node:path';
import { downloadFile } from '../../src/datasets/fetch/download-file.js';
import { answerFile, serve } from './serve.js';
import { temporaryFolder } from './temporary-folder.js';
it('x', async () => {
  const content = Buffer.alloc(20_000, 7); content.set([0x1f, 0x8b]);
  const answers: any[] = [{ etag: '"0"', cutAfter: 16358 }, { cutAfter: 4 }, 503, 503, 503];
  let n = 0; const t = performance.now();
  const server = await serve((q, r) => { const a = answers[n++] ?? {}; console.log(performance.now() - t, 'req', q.headers.range, a); r.on('close', () => console.log(performance.now()-t,'closed')); if (a === 503) r.writeHead(503).end(); else answerFile(q, r, { content, ...a }); });
  await downloadFile(server.url, join(await temporaryFolder(), 'f'), { dispatcher: new Agent(), firstPauseMs: 1, stallMs: 5000, onNote: (m) => console.log(performance.now() - t, m) });
});
