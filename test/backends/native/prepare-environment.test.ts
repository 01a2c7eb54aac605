import { describe, expect, it } from 'vitest';
import { prepareEnvironment } from '../../../src/backends/native/prepare-environment.js';

describe("TensorFlow's environment", () => {
  it('keeps its log lines back, takes memory as needed, and hides the GPU from the CPU backend', () => {
    const environment: NodeJS.ProcessEnv = {};
    prepareEnvironment({ verbose: false, useGpu: false, threads: 3 }, environment);
    expect(environment).toEqual({
      TF_CPP_MIN_LOG_LEVEL: '3',
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      TF_NUM_INTRAOP_THREADS: '3',
      ONEDNN_MAX_CPU_ISA: 'AVX2',
      CUDA_VISIBLE_DEVICES: '-1',
    });
  });

  it('lets log lines and the GPU through where they are wanted, and keeps what the user has set', () => {
    const environment: NodeJS.ProcessEnv = { TF_FORCE_GPU_ALLOW_GROWTH: 'false', CUDA_VISIBLE_DEVICES: '1' };
    prepareEnvironment({ verbose: true, useGpu: true }, environment);
    expect(environment).toEqual({
      TF_FORCE_GPU_ALLOW_GROWTH: 'false',
      CUDA_VISIBLE_DEVICES: '1',
      ONEDNN_MAX_CPU_ISA: 'AVX2',
    });
  });
});
