// Apart from the table of use-backend.ts, which would load TensorFlow.js for a mere --help.

/** Values of `--backend`, in the order in which they are listed; `auto` is no backend, but chooses one. */
export const backendNames = ['auto', 'compiled', 'wasm', 'tensorflow', 'cuda', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** Those that write log lines of their own. */
export const loggingBackends: readonly BackendName[] = ['tensorflow', 'cuda'];
