import type { BackendName } from './backend-names.js';
import type { KernelForm } from './wasm/kernel-options.js';
import type { Instructions } from './wasm/native-kernels.js';
import type { Simd } from './wasm/simd.js';
import type { VectorBits } from './wasm/vector-bits.js';

export interface BackendOptions {
  /** Threads of the `compiled` and `wasm` backends, or of one operation of `tensorflow`; default: every core. */
  threads?: number;
  /** Build of the `wasm` kernels; default: the better one that this Node can run. */
  simd?: Simd;
  /** Registers that the `wasm` kernels are made for; default: 256 bits where this Node and this processor have them. */
  vectorBits?: VectorBits;
  /** `native`: `wasm` computes with the native kernels, as `compiled` does; default: what IMDB_RNN_KERNELS says, else `wasm`. */
  kernels?: KernelForm;
  /** What the native kernels are compiled for; default: the best that the processor has. */
  instructions?: Instructions;
  /** Where our kernels are, as in a bundle, which lacks them: a copy of `dist/kernels`. Default: in the package. */
  kernelsFolder?: string;
  /** Let TensorFlow's own log lines through (`tensorflow` and `cuda`); default: false. */
  verbose?: boolean;
}

/** Parts what is said of the backend from other options. */
export function partBackendOptions<Options extends BackendOptions>(options: Options) {
  const { threads, simd, vectorBits, kernels, instructions, kernelsFolder, verbose, ...others } = options;
  const backendOptions: BackendOptions = {
    ...{ threads, simd, vectorBits, kernels, instructions, kernelsFolder, verbose },
  };
  return { backendOptions, others };
}

/** Which backend computes from now on, and why. */
export interface BackendChoice {
  name: Exclude<BackendName, 'auto'>;
  threads: number;
  simd?: Simd;
  vectorBits?: VectorBits;
  /** Of the native kernels. */
  instructions?: Instructions;
  /** For a note to the user: what was chosen and why. */
  reason: string;
}

/** As much of a model's settings as a backend may have something to say of. */
export interface ModelSettings {
  readonly type: string;
  /** Recurrent layers; absent in models that have none. */
  readonly layers?: readonly {
    readonly cell: string;
    readonly resetAfter?: boolean;
    readonly recurrentDropout: number;
    readonly zoneout?: number;
    readonly cellZoneout?: number;
  }[];
}

/** A row of the table of backends. */
export interface Backend {
  /** Makes it TF.js' current backend. */
  use(options: BackendOptions): Promise<BackendChoice>;
  /** What of a model it has no fast operation for, in a sentence; undefined where it lacks nothing. */
  lacks?(model: ModelSettings): string | undefined;
}
