import { open } from 'node:fs/promises';
import type { AsyncBuffer } from 'hyparquet';
import { explainFileFailure } from './file-failure.js';

export interface OpenParquet extends AsyncBuffer {
  readonly close: () => Promise<void>;
}

/**
 * A file whose parts are read when they are asked for.
 *
 * @throws RangeError (by `slice`) for parts that lie outside of the file, as damaged files ask for them
 */
export async function openParquet(path: string): Promise<OpenParquet> {
  try {
    const file = await open(path);
    const { size } = await file.stat();
    return {
      byteLength: size,
      async slice(start, end = size) {
        if (!(start >= 0 && start <= end && end <= size)) {
          throw new RangeError(`bytes ${start} to ${end} of ${size} are asked for`);
        }
        const part = new Uint8Array(end - start);
        for (let filled = 0; filled < part.length; ) {
          const { bytesRead } = await file.read(part, filled, part.length - filled, start + filled);
          if (bytesRead === 0) throw new RangeError('it became shorter while it was read');
          filled += bytesRead;
        }
        return part.buffer;
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw await explainFileFailure(path, error);
  }
}
