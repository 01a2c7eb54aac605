import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { UserError } from '../errors/user-error.js';
import type { KeyPath } from './key-path.js';

/** A YAML text's content, and where in the text it stands. */
export interface ParsedYaml {
  readonly value: unknown;
  /** The line (from 1) of a key or list entry, or of the innermost thing around it that is there; undefined for the whole. */
  lineOf(path: KeyPath): number | undefined;
}

/** Far above what a config needs; a few lines of nested aliases could otherwise grow to gigabytes. */
const maxAliasCount = 100;

const sentences: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice. Remove one of them',
  MULTIPLE_DOCS: 'a second YAML document begins here. One file holds one config',
  TAG_RESOLVE_FAILED: 'YAML tags (!name) are not allowed here',
  NON_STRING_KEY: 'a key must be plain text',
};

/**
 * Parses YAML 1.2 (core schema) as data only.
 *
 * @param text the file's content
 * @param origin how the file is called in messages
 * @throws UserError with `origin:line` for every syntax error, duplicate key, unknown tag, and for alias bombs
 */
export function parseYaml(text: string, origin: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    throw new UserError(
      problems
        .map((problem) => `${origin}:${lines.linePos(problem.pos[0]).line}: ${sentence(problem)}.`)
        .join('\n'),
      'The file must be YAML: `key: value` lines, indented with spaces.',
    );
  }
  return {
    value: toValue(document, origin),
    lineOf(path) {
      const offset = offsetOf(document, path);
      return offset === undefined ? undefined : lines.linePos(offset).line;
    },
  };
}

function sentence({ code, message }: YAMLError): string {
  return sentences[code] ?? message.split('\n')[0].replace(/\.$/, '');
}

function toValue(document: Document.Parsed, origin: string): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const problem = /alias count/i.test(error.message)
      ? `aliases (*name) multiply its content; at most ${maxAliasCount} repetitions are allowed`
      : error.message;
    throw new UserError(`${origin}: ${problem}.`, 'Write the values out instead of using aliases.', {
      cause: error,
    });
  }
}

/** Follows a path as far as it goes, and gives the place of the last key or entry that was there. */
function offsetOf(document: Document.Parsed, path: KeyPath): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0];
      node = pair.value;
    } else if (isSeq(node) && node.items[Number(key)] !== undefined) {
      node = node.items[Number(key)];
      offset = (node as { range?: number[] }).range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
