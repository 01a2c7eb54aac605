/** Thrown out of the second Ctrl-C (or SIGTERM, or SIGHUP); the program ends at once with exit code 128 + the signal's number. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(
    /** 130 for SIGINT, 143 for SIGTERM, 129 for SIGHUP. */
    readonly exitCode: number,
  ) {
    super('interrupted');
  }
}

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** npx and npm hand on a Ctrl-C that the terminal has sent us already: what follows so soon, in ms, is the same one. */
const sameWithinMs = 100;

/**
 * Lets a long job end well: the first Ctrl-C (or SIGTERM, or SIGHUP, which a closed terminal sends) calls `onFirst` and
 * aborts `signal`, and the job finishes what it is at; the second one ends the program at once, with exit code 130 (143,
 * 129). Signals reach a program only between two turns of the event loop, so a job that computes must let go of it now and
 * then (`setImmediate`). Under `nohup` a closed terminal means nothing.
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
  { now = () => performance.now(), env = process.env }: { now?: () => number; env?: NodeJS.ProcessEnv } = {},
): {
  readonly signal: AbortSignal;
  readonly exitCode: number | undefined;
  release(): void;
} {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let firstAt = 0;
  const handle = (name: NodeJS.Signals) => {
    if (name === 'SIGHUP' && startedByNohup(env)) return;
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

/** Node.js forgets, when it starts, that nohup told it to ignore SIGHUP; shells leave in `_` which program they started. */
function startedByNohup({ _: started = '' }: NodeJS.ProcessEnv): boolean {
  return /(^|\/)nohup$/.test(started);
}
