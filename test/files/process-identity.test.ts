import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { lives, thisProcess } from '../../src/files/process-identity.js';

describe('the identity of a process', () => {
  it('is that of a process that lives as long as it does, and of no other with its number', async () => {
    const own = await thisProcess();
    expect(await lives(own)).toBe('yes');
    expect(own).toEqual(await thisProcess());
    if (own.started === undefined) return;
    expect(await lives({ ...own, started: `${own.started}0` })).toBe('no');
  });

  it('is known to be over when the process has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const { host } = await thisProcess();
    expect(await lives({ pid: child.pid!, host })).toBe('yes');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await lives({ pid: child.pid!, host })).toBe('no');
  });

  it.skipIf(process.platform !== 'linux')(
    'is over, too, when nobody has asked the process for its exit code (skipped but on Linux)',
    async () => {
      // A shell that becomes `sleep` never asks for the exit code of its child.
      const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
      const [pid] = await once(shell.stdout, 'data');
      const { host } = await thisProcess();
      await expect.poll(() => lives({ pid: Number(pid), host }), { timeout: 10_000 }).toBe('no');
      expect(() => process.kill(Number(pid), 0)).not.toThrow();
      shell.kill('SIGKILL');
    },
  );

  it('cannot be followed to another machine', async () => {
    expect(await lives({ ...(await thisProcess()), host: 'elsewhere' })).toBe('elsewhere');
  });
});
