import { UserError } from '../errors/user-error.js';
import { configJsonSchema } from './config-json-schema.js';
import { describeIssues } from './describe-issues.js';
import { withPresentNames } from './former-names.js';
import type { KeyPath } from './key-path.js';
import { type Config, configSchema } from './schema.js';
import type { SchemaNode } from './schema-node.js';

/** Where a mistake comes from: the words before the colon of its message, and its line if there is one. */
export interface Origin {
  readonly text: string;
  readonly line?: number;
}

/**
 * Checks an already parsed config and fills in every default.
 *
 * @param config what a YAML or JSON file holds
 * @param origin the file's name, for messages, or what finds the place of each key
 * @throws UserError that names all mistakes at once: unknown keys, wrong types, values out of range
 */
export function fillConfig(config: unknown, origin: string | ((path: KeyPath) => Origin)): Config {
  const value = withPresentNames(config);
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const locate = typeof origin === 'string' ? () => ({ text: origin, line: undefined }) : origin;
  const problems = describeIssues(result.error.issues, { value, schema: configJsonSchema() as SchemaNode })
    .map(({ path, sentence }) => ({ ...locate(path), sentence }))
    .sort((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity) || 0)
    .map(({ text, sentence }) => `${text}: ${sentence}`);
  throw new UserError(
    problems.join('\n'),
    '`imdb-rnn config print gru2` shows a whole config, `imdb-rnn config schema` every key.',
  );
}
