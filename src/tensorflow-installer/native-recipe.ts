import { UserError } from '../errors/user-error.js';
import type { NativeVariant } from './native-folder.js';
import type { NativePlatform } from './native-platform.js';

export const defaultTensorflow = '2.21.0';

/** What is fetched for an installation: exact versions, so that two machines get the same. */
export interface NativeRecipe {
  readonly variant: NativeVariant;
  /** Requirement for pip, such as `tensorflow-cpu==2.21.0`. */
  readonly wheel: string;
  /** Packages for `npm pack`. */
  readonly sources: { readonly addon: string; readonly headers: string };
  /** Bytes that must be free, downloads and unpacked libraries together. */
  readonly neededBytes: number;
}

const tfjsNode = { cpu: '@tensorflow/tfjs-node', cuda: '@tensorflow/tfjs-node-gpu' } as const;
const tfjsNodeVersion = '4.22.0';
const headers = 'node-api-headers@1.9.0';

/** The wheel and what is taken out of it, measured with 2.21.0, with some room for other versions. */
const neededBytes = { cpu: 1.6e9, cuda: 8e9 } as const;

/** @throws UserError when the version is not one, such as `2.21` */
export function nativeRecipe(
  variant: NativeVariant,
  { tensorflow, arch }: { tensorflow: string } & Pick<NativePlatform, 'arch'>,
): NativeRecipe {
  if (!/^\d+\.\d+\.\d+(rc\d+)?$/.test(tensorflow)) {
    throw new UserError(
      `--tensorflow is "${tensorflow}", expected a version with three numbers`,
      `For example: --tensorflow ${defaultTensorflow}`,
    );
  }
  // On arm64 the package without a suffix is the one for the CPU.
  const name = variant === 'cpu' && arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';
  return {
    variant,
    wheel: `${name}==${tensorflow}`,
    sources: { addon: `${tfjsNode[variant]}@${tfjsNodeVersion}`, headers },
    neededBytes: neededBytes[variant],
  };
}
