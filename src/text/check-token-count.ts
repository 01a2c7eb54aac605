import { UserError } from '../errors/user-error.js';

/** Where tokens lie is told in 32 bits with a sign. */
const mostTokens = 2 ** 31 - 1;

/**
 * Refuses more tokens, or runs of tokens, than can be told apart.
 *
 * @throws UserError for more than 2,147,483,647
 */
export function checkTokenCount(count: number): void {
  if (count <= mostTokens) return;
  throw new UserError(
    `The examples have more than ${mostTokens.toLocaleString('en-US')} tokens and runs of tokens, the most that can be trained on at once`,
    'Give fewer examples, or make text.maxLength (or text.ngrams) smaller.',
  );
}
