/** Floats below which, for a kernel that does little with each, a second thread costs more than it saves. */
export const parallelFloats = 100_000;
