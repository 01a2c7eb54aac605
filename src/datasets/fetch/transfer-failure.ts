import type { DownloadErrorCode } from './download-error.js';

/** One attempt to get a file failed in a way that another attempt may mend. */
export class TransferFailure extends Error {
  override readonly name = 'TransferFailure';

  constructor(
    readonly code: Extract<DownloadErrorCode, 'unreachable' | 'interrupted' | 'http-status'>,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }

  /** How long the server asked to wait. */
  readonly retryAfterMs: number | undefined;
}
