import { UserError } from '../../errors/user-error.js';

/** A file of keras-imdb is not what it should be, or tries to be more than numbers. */
export class KerasFileError extends UserError {
  constructor(message: string, { cause }: { cause?: unknown } = {}) {
    super(
      message,
      'Get the files of keras.datasets.imdb anew: imdb-rnn download --dataset keras-imdb [--npz FILE] [--word-index FILE].',
      { cause },
    );
  }
}

/** Puts the file's name before the message of a {@link KerasFileError} out of `work`. */
export function namingFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KerasFileError)) throw error;
    throw new KerasFileError(`${path}: ${error.message}`, { cause: error });
  }
}
