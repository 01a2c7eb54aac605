import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { UserError } from '../errors/user-error.js';

/** The main file of a package of TensorFlow.js, and the folder of the package. */
const mainFile = /^(.*[\\/]@tensorflow[\\/](tfjs-core|tfjs-layers))[\\/]dist[\\/]tf-(core|layers)\.node\.js$/;

/** A package of TensorFlow.js that this process has loaded. */
export interface TensorflowCopy {
  readonly name: string;
  readonly folder: string;
  readonly version: string;
}

/**
 * The packages tfjs-core and tfjs-layers that were loaded in this process, each from its folder; those inside of a bundle are
 * not seen.
 *
 * @param loaded paths of loaded files; default: those that Node.js knows
 */
export function tensorflowCopies(
  loaded = Object.keys(createRequire(import.meta.url).cache),
): TensorflowCopy[] {
  return loaded.flatMap((path) => {
    const [, folder, name] = mainFile.exec(path) ?? [];
    return folder === undefined ? [] : [{ name: `@tensorflow/${name}`, folder, version: versionIn(folder) }];
  });
}

/** That a package was loaded twice, in a sentence; undefined where none was. */
export function severalCopies(copies = tensorflowCopies()): string | undefined {
  const [twice] = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers']
    .map((name) => copies.filter((copy) => copy.name === name))
    .filter(({ length }) => length > 1);
  if (twice === undefined) return undefined;
  const places = twice.map(({ folder, version }) => `${version} from ${folder}`).join(', ');
  return `${twice.length} copies of ${twice[0].name} are loaded: ${places}`;
}

/**
 * Refuses what cannot work where TensorFlow.js is there more than once: layers and tensors of one copy are unknown to the
 * others, whose messages do not tell the reason.
 *
 * @throws UserError that names the copies
 */
export function refuseSeveralCopies(copies?: readonly TensorflowCopy[]): void {
  const found = severalCopies(copies && [...copies]);
  if (found === undefined) return;
  throw new UserError(
    `${found}. A layer of one cannot be part of a model of the other.`,
    'Let your program depend on the version that imdb-rnn depends on (`npm ls @tensorflow/tfjs-core` shows both), then run `npm dedupe`.',
  );
}

function versionIn(folder: string): string {
  try {
    return (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string }).version;
  } catch {
    return 'unknown version';
  }
}
