import { UserError } from '../../errors/user-error.js';

/** The archive is damaged, or not what it should be; nothing out of it was put into place. */
export class ArchiveError extends UserError {
  constructor(
    message: string,
    {
      hint = 'Get the archive anew: aclImdb_v1.tar.gz of the Stanford AI lab.',
      cause,
    }: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, hint, { cause });
  }
}
