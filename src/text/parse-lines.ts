import { UserError } from '../errors/user-error.js';

/** Splits vocabulary.txt, also with the line ends of Windows, and checks that it begins as it should. */
export function parseLines(fileContent: string, firstLines: readonly string[]): string[] {
  const tokens = fileContent.replace(/\r?\n$/, '').split(/\r?\n/);
  firstLines.forEach((expected, line) => {
    if (tokens[line] !== expected) throw lineError(line, `expected ${expected}, got "${tokens[line] ?? ''}"`);
  });
  const seen = new Set<string>();
  const wrong = tokens.findIndex((token) => token === '' || seen.size === seen.add(token).size);
  if (wrong >= 0) throw repeatedLine(wrong, tokens[wrong]);
  return tokens;
}

/** The error for a line, from 0, that is empty or stands there a second time. */
export function repeatedLine(line: number, token: string): UserError {
  const fault = token === '' ? 'is empty' : `repeats "${token}"`;
  return new UserError(`vocabulary, line ${line + 1} ${fault}; expected one new token a line`, hint);
}

/** The error for a line, from 0. */
export function lineError(line: number, fault: string): UserError {
  return new UserError(`vocabulary, line ${line + 1}: ${fault}`, hint);
}

const hint = 'The file was changed or damaged; take it from a whole run folder again.';
