import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirm } from '../../src/terminal/confirm.js';

async function answered(text: string): Promise<{ yes: boolean; asked: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(text);
  const yes = await confirm('Remove 2 runs?', { input, output });
  return { yes, asked: String(output.read() ?? '') };
}

describe('a question', () => {
  it.each(['y\n', 'yes\n', ' Y \n', 'YES\n'])('is answered with yes by %j', async (text) => {
    expect(await answered(text)).toEqual({ yes: true, asked: 'Remove 2 runs? [y/N] ' });
  });

  it.each(['\n', 'n\n', 'yess\n', 'remove\n', ''])('is answered with no by %j', async (text) => {
    expect((await answered(text)).yes).toBe(false);
  });
});
