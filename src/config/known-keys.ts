import { chosenAmong } from './chosen-kind.js';
import { type KeyPath, valueAt } from './key-path.js';
import type { SchemaNode } from './schema-node.js';

/** The config's schema, and optionally a config: it then decides which of several kinds a mapping is. */
export interface Known {
  readonly schema: SchemaNode;
  readonly value?: unknown;
}

/**
 * What may stand at a path; more than one where there is a choice, none where nothing is known. Of the kinds of a
 * mapping on the way, and at the path itself, only the one that the value has chosen, as far as it has chosen one.
 */
export function nodesAt(known: Known, path: KeyPath): readonly SchemaNode[] {
  return chosenAmong(choicesAt(known, path), valueAt(known.value, path));
}

/** The same with every kind of mapping that may stand at the path itself, whichever the value has chosen. */
export function choicesAt(known: Known, path: KeyPath): readonly SchemaNode[] {
  const key = path.at(-1);
  if (key === undefined) return alternatives(known.schema);
  return nodesAt(known, path.slice(0, -1)).flatMap((node) => alternatives(child(node, key)));
}

/** The keys that may stand in the mapping at a path. */
export function keysAt(known: Known, path: KeyPath): readonly string[] {
  return [...new Set(nodesAt(known, path).flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** Every path of the schema that ends in this key (capital letters ignored); list entries count as entry 0. */
export function pathsEndingIn(known: Known, key: string, start: KeyPath = []): readonly KeyPath[] {
  const nodes = nodesAt(known, start);
  const inside = nodes.some((node) => node.items) ? pathsEndingIn(known, key, [...start, 0]) : [];
  const below = keysAt(known, start).flatMap((name) => [
    ...(name.toLowerCase() === key.toLowerCase() ? [[...start, name]] : []),
    ...pathsEndingIn(known, key, [...start, name]),
  ]);
  return [...below, ...inside];
}

function child(node: SchemaNode, key: string | number): SchemaNode | undefined {
  if (typeof key === 'number') return node.items;
  if (node.properties && Object.hasOwn(node.properties, key)) return node.properties[key];
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

function alternatives(node: SchemaNode | undefined): readonly SchemaNode[] {
  const choices = node?.anyOf ?? node?.oneOf;
  return choices ? choices.flatMap(alternatives) : node ? [node] : [];
}
