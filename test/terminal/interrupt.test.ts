import { describe, expect, it } from 'vitest';
import { Interrupted, watchInterrupt } from '../../src/terminal/interrupt.js';

describe('an interrupt', () => {
  it('aborts the signal and calls the handler at the first Ctrl-C', () => {
    let calls = 0;
    const interrupt = watchInterrupt(() => (calls += 1));
    expect(interrupt.signal.aborted).toBe(false);
    expect(interrupt.exitCode).toBeUndefined();
    process.emit('SIGINT', 'SIGINT');
    interrupt.release();
    expect(interrupt.signal.aborted).toBe(true);
    expect(interrupt.exitCode).toBe(130);
    expect(calls).toBe(1);
  });

  it('ends the program at the second one', () => {
    const clock = { ms: 0 };
    const interrupt = watchInterrupt(undefined, { now: () => clock.ms });
    process.emit('SIGTERM', 'SIGTERM');
    clock.ms = 500;
    expect(() => process.emit('SIGINT', 'SIGINT')).toThrow(new Interrupted(130));
    interrupt.release();
    expect(interrupt.exitCode).toBe(143);
  });

  it('takes a terminal that is closed for a SIGTERM, with an exit code of its own', () => {
    const interrupt = watchInterrupt(undefined, { env: {} });
    process.emit('SIGHUP', 'SIGHUP');
    interrupt.release();
    expect([interrupt.signal.aborted, interrupt.exitCode]).toEqual([true, 129]);
  });

  it('goes on under nohup when the terminal is closed, and still ends at a SIGTERM', () => {
    const interrupt = watchInterrupt(undefined, { env: { _: '/usr/bin/nohup' } });
    process.emit('SIGHUP', 'SIGHUP');
    expect(interrupt.signal.aborted).toBe(false);
    process.emit('SIGTERM', 'SIGTERM');
    interrupt.release();
    expect(interrupt.exitCode).toBe(143);
  });

  it('takes an echo of the first one, as npx sends it, for the same', () => {
    const clock = { ms: 0 };
    const interrupt = watchInterrupt(undefined, { now: () => clock.ms });
    process.emit('SIGINT', 'SIGINT');
    clock.ms = 20;
    process.emit('SIGINT', 'SIGINT');
    interrupt.release();
    expect(interrupt.exitCode).toBe(130);
  });

  it('listens no more once it is released', () => {
    const before = process.listenerCount('SIGINT');
    watchInterrupt().release();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
