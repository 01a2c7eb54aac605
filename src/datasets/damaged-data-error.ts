import { UserError } from '../errors/user-error.js';

/** Data that was unpacked once and is no longer what it was; `imdb-rnn download` replaces it. */
export class DamagedDataError extends UserError {
  constructor(message: string, { cause }: { cause?: unknown } = {}) {
    super(message, 'Run imdb-rnn download (with the same --data-dir): it writes the data anew.', { cause });
  }
}
