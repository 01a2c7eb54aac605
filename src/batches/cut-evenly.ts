/** Cuts examples, in their order, into parts of `size`; the last one may be short. @returns parts of one array */
export function cutEvenly(examples: Int32Array, size: number): Int32Array[] {
  return Array.from({ length: Math.ceil(examples.length / size) }, (_, part) =>
    examples.subarray(part * size, (part + 1) * size),
  );
}
