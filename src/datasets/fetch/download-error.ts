import { UserError } from '../../errors/user-error.js';

/**
 * - `unreachable`: no connection to the server (no network, DNS, refused, certificate)
 * - `interrupted`: connections broke or stalled again and again
 * - `http-status`: the server answered with an error
 * - `not-the-file`: something else came, such as a login page
 * - `wrong-content`: the size or checksum is not the expected one
 */
export type DownloadErrorCode =
  | 'unreachable'
  | 'interrupted'
  | 'http-status'
  | 'not-the-file'
  | 'wrong-content';

/** The file could not be had from the network; what is wrong with the local disk is never told by this class. */
export class DownloadError extends UserError {
  constructor(
    readonly code: DownloadErrorCode,
    message: string,
    { hint = defaultHint, cause }: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, hint, { cause });
  }
}

const defaultHint =
  'Run the command again to go on from here. Or fetch the file in another way and name it with --archive FILE.';
