export interface NativeEnvironment {
  /** Threads of one operation; default: TensorFlow's, every core. */
  readonly threads?: number;
  /** Let TensorFlow write its log lines to standard error. */
  readonly verbose: boolean;
  readonly useGpu: boolean;
}

/**
 * Sets what TensorFlow reads from the environment when it is loaded, and only then; what the user has set stays.
 *
 * - TF_CPP_MIN_LOG_LEVEL 3: no log lines; errors of operations are thrown
 * - TF_NUM_INTRAOP_THREADS: threads of an operation
 * - TF_FORCE_GPU_ALLOW_GROWTH: take the GPU's memory as it is needed, not all of it
 * - ONEDNN_MAX_CPU_ISA AVX2: a signal that comes while TensorFlow 2.21 multiplies small matrices with AVX-512, be it a
 *   Ctrl-C or a profiler's, corrupts memory (Python's TensorFlow, too); with AVX2 it does not, and is as fast
 * - CUDA_VISIBLE_DEVICES: no GPU where the CPU was asked for
 */
export function prepareEnvironment(
  { threads, verbose, useGpu }: NativeEnvironment,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  const wanted: Record<string, string | undefined> = {
    TF_CPP_MIN_LOG_LEVEL: verbose ? undefined : '3',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ONEDNN_MAX_CPU_ISA: 'AVX2',
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== undefined) environment[name] ??= value;
  }
  if (threads !== undefined) environment.TF_NUM_INTRAOP_THREADS = String(threads);
  if (!useGpu) environment.CUDA_VISIBLE_DEVICES = '-1';
}
