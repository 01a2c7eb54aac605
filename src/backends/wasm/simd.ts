/** Build of the kernels: with fused multiply-add where Node runs it, or without. */
export type Simd = 'relaxed-simd' | 'simd';
