import { parseConfig } from '../../src/config/parse-config.js';
import { UserError } from '../../src/errors/user-error.js';

/** A model as short as it may be, to stand below other keys. */
export const model = 'model:\n  layers:\n    - cell: gru\n';

/** The message's lines of the error that a config text gives. */
export function mistakes(text: string, overrides: readonly string[] = []): string[] {
  try {
    parseConfig(text, 'c.yaml', { overrides });
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
  throw new Error('no mistake was found');
}
