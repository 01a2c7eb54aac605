import type { z } from 'zod';
import { choicesOf, describeExpected } from './expectation.js';
import { formatKeyPath, type KeyPath, valueAt } from './key-path.js';
import { keysAt, nodesAt, pathsEndingIn, type SchemaNode } from './known-keys.js';
import { nearest } from './nearest.js';

/** A mistake in a config: at which key, and what is wrong in one or two sentences. */
export interface Problem {
  readonly path: KeyPath;
  readonly sentence: string;
}

/**
 * Says what zod found in words: what was got, what is expected, and the nearest known key or value.
 *
 * @param issues of a failed `schema.safeParse(value)`
 * @param options the checked `value`, and the schema as JSON Schema
 */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  { value, schema }: { value: unknown; schema: SchemaNode },
): Problem[] {
  const problems = issues.flatMap((issue): Problem[] => {
    const path = issue.path as KeyPath;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key],
        sentence: describeUnknownKey(path, key, schema),
      }));
    }
    if (issue.code === 'custom') return [{ path, sentence: `${nameOf(path)}: ${issue.message}.` }];
    return [{ path, sentence: describeValue(path, valueAt(value, path), schema) }];
  });
  const seen = new Set<string>();
  return problems.filter(({ sentence }) => !seen.has(sentence) && seen.add(sentence));
}

function describeUnknownKey(parent: KeyPath, key: string, schema: SchemaNode): string {
  const known = keysAt(schema, parent);
  const elsewhere = pathsEndingIn(schema, key).map(formatKeyPath);
  const meant = nearest(key, known) ?? elsewhere[0];
  const advice = meant ? `Did you mean ${meant}?` : `Known keys here: ${known.join(', ')}.`;
  return `${formatKeyPath([...parent, key])} is not a known key. ${advice}`;
}

function describeValue(path: KeyPath, got: unknown, schema: SchemaNode): string {
  const nodes = nodesAt(schema, path);
  const choices = choicesOf(nodes);
  const state = `${nameOf(path)} is ${describeGot(got)}.`;
  if (!choices) return `${state} Expected ${describeExpected(nodes)}.`;
  const meant = typeof got === 'string' && choices.length > 1 ? nearest(got, choices.map(String)) : undefined;
  return `${state} Use one of: ${choices.join(', ')}.${meant ? ` Did you mean ${meant}?` : ''}`;
}

function describeGot(got: unknown): string {
  if (got === undefined) return 'missing';
  if (got === null) return 'empty';
  if (Array.isArray(got)) return got.length === 0 ? 'an empty list' : 'a list';
  if (typeof got === 'object') return 'a mapping';
  if (typeof got !== 'string') return String(got);
  return JSON.stringify(got.length > 60 ? `${got.slice(0, 59)}…` : got);
}

function nameOf(path: KeyPath): string {
  return path.length === 0 ? 'the config' : formatKeyPath(path);
}
