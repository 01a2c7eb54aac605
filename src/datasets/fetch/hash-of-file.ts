import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { explainingFileErrors } from '../../errors/system-error.js';

/** SHA-256 (hex) of a file's content. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await explainingFileErrors(`read ${path}`, async () => {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  });
  return hash.digest('hex');
}
