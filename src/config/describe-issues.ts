import type { z } from 'zod';
import { nearest } from '../errors/nearest.js';
import { kindsAmong } from './chosen-kind.js';
import { choicesOf, describeExpected } from './expectation.js';
import { formatKeyPath, type KeyPath, valueAt } from './key-path.js';
import { choicesAt, type Known, keysAt, nodesAt, pathsEndingIn } from './known-keys.js';
import type { SchemaNode } from './schema-node.js';

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
  const known = { schema, value };
  const problems = issues.flatMap((issue): Problem[] => {
    const path = issue.path as KeyPath;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key],
        sentence: describeUnknownKey(path, key, known),
      }));
    }
    if (issue.code === 'custom') return [{ path, sentence: `${nameOf(path)}: ${issue.message}.` }];
    if (issue.code !== 'invalid_union') return [describeProblem(path, known)];
    const place = placeOfKind(path, known);
    return [describeProblem(place, known), ...keysOfNoKind(place.slice(0, -1), known)];
  });
  const seen = new Set<string>();
  return problems.filter(({ sentence }) => !seen.has(sentence) && seen.add(sentence));
}

function describeUnknownKey(parent: KeyPath, key: string, known: Known): string {
  const name = formatKeyPath([...parent, key]);
  const kind = kindOf(parent, known);
  const owners = kind?.others.filter(({ node }) => Object.hasOwn(node.properties ?? {}, key));
  if (kind && owners && owners.length > 0) {
    const belongs = `It belongs to ${kind.key} ${owners.map(({ value }) => value).join(', ')}`;
    return `${name} is not a key of ${kind.key} ${kind.value}. ${belongs}.`;
  }
  const here = keysAt(known, parent);
  const [elsewhere] = [...pathsEndingIn(known, key), ...pathsEndingIn({ schema: known.schema }, key)];
  const meant = nearest(key, here) ?? (elsewhere && formatKeyPath(elsewhere));
  const place = kind ? ` of ${kind.key} ${kind.value}` : ' here';
  const advice = meant ? `Did you mean ${meant}?` : `Known keys${place}: ${here.join(', ')}.`;
  return `${name} is not a known key. ${advice}`;
}

function describeProblem(path: KeyPath, known: Known): Problem {
  return { path, sentence: describeValue(path, valueAt(known.value, path), known) };
}

/** Where a mapping of several kinds stands beside other choices, zod does not say that the key which tells its kind is wrong. */
function placeOfKind(path: KeyPath, known: Known): KeyPath {
  const value = valueAt(known.value, path);
  const kinds = kindsAmong(choicesAt(known, path));
  if (!kinds || typeof value !== 'object' || value === null || Array.isArray(value)) return path;
  return kinds.nodeOf.has(valueAt(value, [kinds.key])) ? path : [...path, kinds.key];
}

/** Where a mapping does not say what kind it is, zod looks no further; keys that no kind has are told here. */
function keysOfNoKind(path: KeyPath, known: Known): Problem[] {
  const value = valueAt(known.value, path);
  if (typeof value !== 'object' || value === null || !kindsAmong(nodesAt(known, path))) return [];
  const keys = Object.keys(value).filter((key) => !keysAt(known, path).includes(key));
  return keys.map((key) => ({ path: [...path, key], sentence: describeUnknownKey(path, key, known) }));
}

/** Where a mapping is one of several kinds and has said which: the key that tells, its value, and the other kinds. */
function kindOf(path: KeyPath, known: Known) {
  const kinds = kindsAmong(choicesAt(known, path));
  const [own, ...more] = nodesAt(known, path);
  if (!kinds || more.length > 0) return undefined;
  const all = [...kinds.nodeOf].map(([value, node]) => ({ value, node }));
  const value = valueAt(known.value, [...path, kinds.key]) ?? kinds.standard;
  return { key: kinds.key, value, others: all.filter(({ node }) => node !== own) };
}

function describeValue(path: KeyPath, got: unknown, known: Known): string {
  const nodes = nodesAt(known, path);
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
