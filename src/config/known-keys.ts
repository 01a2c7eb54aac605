import type { KeyPath } from './key-path.js';

/** As much of JSON Schema (https://json-schema.org, draft 2020-12) as the config's schema comes out as. */
export interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
}

/** What may stand at a path; more than one where there is a choice, none where nothing is known. */
export function nodesAt(root: SchemaNode, path: KeyPath): readonly SchemaNode[] {
  let nodes = alternatives(root);
  for (const key of path) {
    nodes = nodes
      .map((node) => (typeof key === 'number' ? node.items : ownProperty(node, key)))
      .filter((node) => node !== undefined)
      .flatMap(alternatives);
  }
  return nodes;
}

/** The keys that may stand in the mapping at a path. */
export function keysAt(root: SchemaNode, path: KeyPath): readonly string[] {
  return [...new Set(nodesAt(root, path).flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** Every path of the schema that ends in this key (capital letters ignored); list entries count as entry 0. */
export function pathsEndingIn(root: SchemaNode, key: string, start: KeyPath = []): readonly KeyPath[] {
  const nodes = nodesAt(root, start);
  const inside = nodes.some((node) => node.items) ? pathsEndingIn(root, key, [...start, 0]) : [];
  const below = keysAt(root, start).flatMap((name) => [
    ...(name.toLowerCase() === key.toLowerCase() ? [[...start, name]] : []),
    ...pathsEndingIn(root, key, [...start, name]),
  ]);
  return [...below, ...inside];
}

function alternatives(node: SchemaNode): readonly SchemaNode[] {
  const choices = node.anyOf ?? node.oneOf;
  return choices ? choices.flatMap(alternatives) : [node];
}

function ownProperty(node: SchemaNode, key: string): SchemaNode | undefined {
  return node.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : undefined;
}
