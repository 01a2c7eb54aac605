/** What the last part of a weight's name says, before the number that TF.js adds where a name comes again. */
const noKernel = /(^|\/)(bias|gamma|beta|(ngram_)?embeddings)(_\d+)?$/;

/**
 * Whether a weight is what inputs are multiplied with, a kernel: neither a bias, nor of a normalization, nor an embedding.
 * Penalties of size are for kernels: a bias shifts, a normalization's scale undoes them, and a rare word's vector would
 * shrink at every step at which the word does not come.
 *
 * @param name of its variable, as layers of TF.js name them: `gru_1/recurrent_kernel_2`
 */
export function isKernel({ name }: { readonly name: string }): boolean {
  return !noKernel.test(name);
}
