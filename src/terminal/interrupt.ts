/** Thrown out of the second Ctrl-C (or SIGTERM); the program ends at once with exit code 128 + the signal's number. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(
    /** 130 for SIGINT, 143 for SIGTERM. */
    readonly exitCode: number,
  ) {
    super('interrupted');
  }
}

const signals = { SIGINT: 130, SIGTERM: 143 } as const;

/** npx and npm hand on a Ctrl-C that the terminal has sent us already: what follows so soon, in ms, is the same one. */
const sameWithinMs = 100;

/**
 * Lets a long job end well: the first Ctrl-C (or SIGTERM) calls `onFirst` and aborts `signal`, and the job finishes
 * what it is at; the second one ends the program at once, with exit code 130 (143). Signals reach a program only
 * between two turns of the event loop, so a job that computes must let go of it now and then (`setImmediate`).
 *
 * ```ts
 * const interrupt = watchInterrupt(() => notes.note('finishing this step; press Ctrl-C again to stop at once'));
 * try {
 *   for await (const event of train(..., { signal: interrupt.signal })) ...
 * } finally {
 *   interrupt.release();
 * }
 * process.exitCode = interrupt.exitCode ?? 0;
 * ```
 *
 * `exitCode` is what shells expect of a program that was interrupted, undefined when it was not. After `release` a signal
 * ends the program as usual.
 */
export function watchInterrupt(
  onFirst: () => void = () => {},
  { now = () => performance.now() }: { now?: () => number } = {},
): {
  readonly signal: AbortSignal;
  readonly exitCode: number | undefined;
  release(): void;
} {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let firstAt = 0;
  const handle = (name: NodeJS.Signals) => {
    const code = signals[name as keyof typeof signals];
    if (controller.signal.aborted) {
      if (now() - firstAt < sameWithinMs) return;
      throw new Interrupted(code);
    }
    firstAt = now();
    exitCode = code;
    controller.abort(new Interrupted(code));
    onFirst();
  };
  for (const name of Object.keys(signals)) process.on(name, handle);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    release() {
      for (const name of Object.keys(signals)) process.off(name, handle);
    },
  };
}
