import type { SchemaNode } from './schema-node.js';

/** The kinds of a mapping that one of its keys tells apart, as `cell` tells `gru` from `lstm`. */
export interface Kinds {
  /** The key that tells. */
  readonly key: string;
  /** Its values, in the schema's order, and what each stands for. */
  readonly nodeOf: ReadonlyMap<unknown, SchemaNode>;
  /** The value that is meant where the key is left out, if it may be. */
  readonly standard: unknown;
}

/**
 * The key that tells mappings among alternatives apart, and its values; undefined when they are not all of such kinds, or fewer
 * than two.
 */
export function kindsAmong(alternatives: readonly SchemaNode[]): Kinds | undefined {
  const nodes = alternatives.filter(({ properties }) => properties);
  if (nodes.length < 2) return undefined;
  const key = Object.keys(nodes[0].properties ?? {}).find((name) =>
    nodes.every((node) => valuesOf(node, name).length > 0),
  );
  if (key === undefined) return undefined;
  const nodeOf = new Map(nodes.flatMap((node) => valuesOf(node, key).map((value) => [value, node] as const)));
  const standard = nodes.map((node) => node.properties?.[key]?.default).find((value) => value !== undefined);
  return { key, nodeOf, standard };
}

/** The kind that a mapping says it is, or is by default; all of them where it says nothing of use. */
export function chosenAmong(nodes: readonly SchemaNode[], value: unknown): readonly SchemaNode[] {
  const kinds = kindsAmong(nodes);
  if (!kinds || typeof value !== 'object' || value === null) return nodes;
  const said = Object.hasOwn(value, kinds.key) ? (value as Record<string, unknown>)[kinds.key] : undefined;
  const node = kinds.nodeOf.get(said ?? kinds.standard);
  return node ? [node] : nodes;
}

function valuesOf(node: SchemaNode, key: string): readonly unknown[] {
  const property = node.properties?.[key];
  return property?.enum ?? (property?.const === undefined ? [] : [property.const]);
}
