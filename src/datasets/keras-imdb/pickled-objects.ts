import { KerasFileError } from './keras-file-error.js';

/** NumPy's array of objects, as far as it is known: made empty, then given its state. */
export class ObjectArray {
  items: readonly unknown[] = [];
}

/** NumPy's type of an array's elements. */
export class ElementType {
  constructor(readonly name: unknown) {}
}

/** A function or class that a pickle names; nothing but these few, and none of them is ever looked up or run. */
export class KnownGlobal {
  constructor(readonly name: keyof typeof globals) {}
}

const globals = {
  'numpy.core.multiarray _reconstruct': () => new ObjectArray(),
  'numpy._core.multiarray _reconstruct': () => new ObjectArray(),
  'numpy ndarray': undefined,
  'numpy dtype': (argument: readonly unknown[]) => new ElementType(argument[0]),
  // How Python 3 writes bytes for Python 2.
  '_codecs encode': (argument: readonly unknown[]) => argument[0],
} satisfies Record<string, ((argument: readonly unknown[]) => unknown) | undefined>;

/** @throws KerasFileError for any other name */
export function knownGlobal(module: unknown, name: unknown): KnownGlobal {
  const full = `${module} ${name}`;
  if (Object.hasOwn(globals, full)) return new KnownGlobal(full as keyof typeof globals);
  throw new KerasFileError(
    `its pickle wants to run ${String(module).slice(0, 60)}.${String(name).slice(0, 60)}, which no array of lists needs: refused.`,
  );
}

/** What calling a known function would give. */
export function resultOf(called: unknown, argument: unknown): unknown {
  const make = called instanceof KnownGlobal ? globals[called.name] : undefined;
  if (make && Array.isArray(argument)) return make(argument);
  throw new KerasFileError('its pickle calls something that is not to be called: refused.');
}

/** Gives an array (version, shape, type, order, items) or an element type its state. */
export function setState(target: unknown, state: unknown): void {
  if (target instanceof ElementType) return;
  if (target instanceof ObjectArray && Array.isArray(state)) {
    const [, , type, , items] = state;
    if (type instanceof ElementType && /^O/.test(String(type.name)) && Array.isArray(items)) {
      target.items = items;
      return;
    }
  }
  throw new KerasFileError('its pickle is no array of lists.');
}
