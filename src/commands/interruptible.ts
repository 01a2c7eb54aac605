/**
 * Does a long job that the user may end: see `terminal/interrupt.ts`. Sets the exit code that shells expect then.
 *
 * @param options.onFirst says what the first Ctrl-C does
 * @param options.onStopped is called where the job has thrown the interruption itself, before it had anything to keep; without
 *   it that is an error as any other
 */
export async function interruptible(
  job: (signal: AbortSignal) => Promise<void>,
  { onFirst, onStopped }: { readonly onFirst: () => void; readonly onStopped?: () => void },
): Promise<void> {
  const { watchInterrupt } = await import('../terminal/interrupt.js');
  const interrupt = watchInterrupt(onFirst);
  try {
    await job(interrupt.signal);
  } catch (error) {
    if (!onStopped || error !== interrupt.signal.reason) throw error;
    onStopped();
  } finally {
    interrupt.release();
  }
  if (interrupt.exitCode !== undefined) process.exitCode = interrupt.exitCode;
}
