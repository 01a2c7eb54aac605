import { UserError } from '../errors/user-error.js';
import { formatKeyPath, isWithin, type KeyPath, parseKeyPath, valueAt, withValueAt } from './key-path.js';
import { parseYaml } from './parse-yaml.js';

/** One setting of the command line that goes before the file's. */
export interface Override {
  /** As the user wrote it. */
  readonly text: string;
  readonly path: KeyPath;
  readonly value: unknown;
}

/** Without `~`, YAML's null. */
const singleMark = /^[^\p{L}\p{N}\s~]$/u;

const hint = 'Write key=value with the dotted name of the key, such as --set training.batchSize=64.';

/**
 * Reads `training.batchSize=64` or `model.layers[1].units=64`; the value is YAML, so `[1, 2]` is a list and `"1"` a text. A
 * single mark is itself, as in `dataset.labelSeparator=|`, where YAML would have a text begin on the next line.
 *
 * @throws UserError when it is not key=value or the value is no YAML
 */
export function parseOverride(text: string): Override {
  const split = text.indexOf('=');
  const path = split < 0 ? undefined : parseKeyPath(text.slice(0, split).trim());
  if (!path) throw new UserError(`--set ${text}: this is not key=value.`, hint);
  const written = text.slice(split + 1);
  const value = singleMark.test(written) ? written : parseYaml(written, `--set ${text}`).value;
  return { text, path, value };
}

/**
 * A copy of a config's content with the overrides put in, in their order; keys that are not there yet are added
 * (whether they are known is checked later), list entries are not.
 *
 * @throws UserError when a list has no such entry, or the path leads into a plain value
 */
export function applyOverrides(value: unknown, overrides: readonly Override[]): unknown {
  let result = value;
  for (const override of overrides) {
    for (let depth = 0; depth < override.path.length; depth += 1) {
      const parent = override.path.slice(0, depth);
      refuseWrongWay(override, parent, valueAt(result, parent));
    }
    result = withValueAt(result, override.path, override.value);
  }
  return result;
}

/** The override that a key's value comes from, if it comes from one and not from the file's content. */
export function overrideOf(
  path: KeyPath,
  overrides: readonly Override[],
  fileValue: unknown,
): Override | undefined {
  return overrides.findLast(
    (override) =>
      isWithin(path, override.path) ||
      (isWithin(override.path, path) && valueAt(fileValue, path) === undefined),
  );
}

function refuseWrongWay({ text, path }: Override, parent: KeyPath, container: unknown): void {
  const key = path[parent.length];
  if (container === undefined || container === null) return;
  const name = formatKeyPath(parent);
  if (Array.isArray(container)) {
    if (typeof key === 'number' && key < container.length) return;
    const entries = container.map((_, index) => `${name}[${index}]`).join(', ');
    throw new UserError(
      `--set ${text}: ${name} is a list, ${key} is not one of its entries (${entries || 'it is empty'}).`,
      `Name an entry that is there, or give the whole list: --set '${name}=[...]'.`,
    );
  }
  if (typeof container === 'object') return;
  throw new UserError(`--set ${text}: ${name} is ${JSON.stringify(container)}, it has no key ${key}.`, hint);
}
