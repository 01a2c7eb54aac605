import { kindsAmong } from './chosen-kind.js';
import type { SchemaNode } from './schema-node.js';

/** The values to choose from, where the schema lists them; else undefined. */
export function choicesOf(nodes: readonly SchemaNode[]): readonly unknown[] | undefined {
  const lists = nodes.map((node) => node.enum ?? (node.const === undefined ? undefined : [node.const]));
  return lists.length > 0 && lists.every((list) => list !== undefined)
    ? [...new Set(lists.flat())]
    : undefined;
}

/** What may stand at a place, in words: `a whole number above 0`. */
export function describeExpected(nodes: readonly SchemaNode[]): string {
  const kinds = kindsAmong(nodes);
  if (!kinds) return [...new Set(nodes.map(describeNode))].join(', or ');
  const others = nodes.filter(({ properties }) => !properties).map((node) => `${describeNode(node)}, or `);
  const values = [...kinds.nodeOf.keys()].map((value) =>
    value === kinds.standard ? `${value} (the default)` : value,
  );
  return `${others.join('')}a mapping with the key ${kinds.key}: one of ${values.join(', ')}`;
}

function describeNode(node: SchemaNode): string {
  const choices = choicesOf([node]);
  if (choices) return `one of: ${choices.join(', ')}`;
  switch (node.type) {
    case 'integer':
      return `a whole number${describeRange(node)}`;
    case 'number':
      return `a number${describeRange(node)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return node.maxLength === 1 ? 'one character' : 'text';
    case 'null':
      return 'null';
    case 'array':
      return node.minItems
        ? `a list with at least ${node.minItems === 1 ? 'one entry' : `${node.minItems} entries`}`
        : 'a list';
    case 'object':
      if (typeof node.additionalProperties === 'object') {
        return `a mapping of names to ${describeNode(node.additionalProperties)}`;
      }
      if (!node.properties) return 'a mapping';
      return `a mapping with the keys ${Object.keys(node.properties ?? {}).join(', ')}`;
    default:
      return 'another value';
  }
}

function describeRange({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: SchemaNode): string {
  const bounds: string[] = [];
  if (exclusiveMinimum !== undefined && exclusiveMinimum >= (minimum ?? exclusiveMinimum)) {
    bounds.push(`above ${exclusiveMinimum}`);
  } else if (minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER)
    bounds.push(`of at least ${minimum}`);
  if (exclusiveMaximum !== undefined) bounds.push(`below ${exclusiveMaximum}`);
  else if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) bounds.push(`of at most ${maximum}`);
  return bounds.length > 0 ? ` ${bounds.join(' and ')}` : '';
}
