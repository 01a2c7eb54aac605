import { configJsonSchema } from '../config/config-json-schema.js';
import { formatKeyPath, type KeyPath, parseKeyPath, valueAt } from '../config/key-path.js';
import { choicesAt, type Known, keysAt, nodesAt } from '../config/known-keys.js';
import { loadConfig } from '../config/load-config.js';
import type { SchemaNode } from '../config/schema-node.js';
import type { Candidate } from './candidate.js';

/**
 * What `--set` may be given: `training.batchSize=` for each key, and after the `=` the values where there are some to
 * choose from.
 *
 * @param word what was typed of it
 * @param options the config that is changed, and what is set already: they say which kinds of model and optimizer it has
 */
export async function settingCandidates(
  word: string,
  { config, set }: { readonly config?: string; readonly set: readonly string[] },
): Promise<readonly Candidate[]> {
  const known = { schema: configJsonSchema() as SchemaNode, value: await contentOf(config, set) };
  const split = word.indexOf('=');
  if (split < 0) {
    return leavesAt(known, []).map((path) => ({
      value: `${formatKeyPath(path)}=`,
      ...described(known, path),
    }));
  }
  const key = word.slice(0, split);
  const path = parseKeyPath(key);
  if (!path) return [];
  // Whichever kind of mapping the config has: the name of another kind is a value, too.
  const nodes = under(path.at(-1)!, choicesAt(known, path.slice(0, -1)));
  const values = new Set(nodes.flatMap(valuesOf));
  return [...values].map((value) => ({ value: `${key}=${value}` }));
}

async function contentOf(config: string | undefined, set: readonly string[]): Promise<unknown> {
  if (config === undefined) return undefined;
  // What is being typed may be wrong yet.
  for (const overrides of [set, []]) {
    const loaded = await loadConfig(config, overrides).catch(() => undefined);
    if (loaded) return loaded.config;
  }
  return undefined;
}

/** The keys that hold no others; of a list those of the entries that are there. */
function leavesAt(known: Known, path: KeyPath): KeyPath[] {
  const nodes = nodesAt(known, path);
  const entries = nodes.some((node) => node.items) ? listOf(known, path) : [];
  const below = [
    ...keysAt(known, path).map((key) => [...path, key]),
    ...entries.map((_, index) => [...path, index]),
  ].flatMap((inside) => leavesAt(known, inside));
  const isLeaf =
    path.length > 0 && (below.length === 0 || nodes.some((node) => !node.properties && !node.items));
  return isLeaf ? [path, ...below] : below;
}

function listOf(known: Known, path: KeyPath): readonly unknown[] {
  const value = valueAt(known.value, path);
  return Array.isArray(value) ? value : [];
}

/** What stands under a key in some mappings. */
function under(key: string | number, parents: readonly SchemaNode[]): SchemaNode[] {
  if (typeof key === 'number') return [];
  return parents.flatMap(({ properties }) =>
    properties && Object.hasOwn(properties, key) ? [properties[key]] : [],
  );
}

function valuesOf(node: SchemaNode): string[] {
  if (node.anyOf ?? node.oneOf) return [...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(valuesOf);
  if (node.enum) return node.enum.map(String);
  if (node.const !== undefined) return [String(node.const)];
  return node.type === 'boolean' ? ['true', 'false'] : [];
}

function described(known: Known, path: KeyPath): { description?: string } {
  const nodes: readonly (SchemaNode & { readonly description?: string })[] = under(
    path.at(-1)!,
    nodesAt(known, path.slice(0, -1)),
  );
  const text = nodes.find(({ description }) => description)?.description;
  return text === undefined ? {} : { description: text };
}
