import { type DynamicKind, dynamicKinds, dynamicValues } from './dynamic-values.js';

/**
 * What the hidden `imdb-rnn __complete <kind> <word> <command line...>` prints for the shells: a line for each candidate,
 * with its description behind a tab. Nothing where anything is wrong: a message would land in the middle of what is typed.
 */
export async function answer([kind, word = '', ...commandLine]: readonly string[]): Promise<string> {
  if (!dynamicKinds.includes(kind as DynamicKind)) return '';
  try {
    const candidates = await dynamicValues(kind as DynamicKind, { word, commandLine });
    return candidates
      .map(({ value, description = '' }) => `${value}\t${description.replace(/\s+/g, ' ')}\n`)
      .join('');
  } catch {
    return '';
  }
}
