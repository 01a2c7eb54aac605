import { cp, mkdir, readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFile } from '../../src/files/package-root.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let cwd: string;
beforeAll(async () => {
  cwd = await temporaryFolder();
  await mkdir(join(cwd, 'models'));
  for (const name of ['whole', 'broken']) {
    await cp(packageFile('models', 'gru-small'), join(cwd, 'models', name), { recursive: true });
  }
  await truncate(join(cwd, 'models/broken/weights.bin'), 1000);
});
afterAll(() => rm(cwd, { recursive: true }));

const doctor = (...args: string[]) =>
  runCli(['doctor', '--dir', join(cwd, 'native'), ...args], { cwd, env: { NODE_OPTIONS: '--no-warnings' } });

describe('imdb-rnn doctor', () => {
  it('shows versions, machine, data and runs, and names a damaged run', async () => {
    const { code, stdout, stderr } = await doctor('--no-speed');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^imdb-rnn {7}\d+\.\d+\.\d+$/m);
    expect(stdout).toMatch(/^V8 +\S+, at most \d+\.\d GB for its objects$/m);
    expect(stdout).toMatch(/^Node options +--no-warnings$/m);
    expect(stdout).toMatch(/^processor +.+, \d+ cores?/m);
    expect(stdout).toMatch(/^memory +\d+\.\d GB, \d+\.\d [MG]B free/m);
    expect(stdout).toMatch(/^data +data: not there yet, can be made, \d+\.\d [MGT]B free$/m);
    expect(stdout).toMatch(/^acl-imdb +not there; to get it: imdb-rnn download --dataset acl-imdb$/m);
    expect(stdout).toMatch(/^cache +0 files, 0 B of /m);
    expect(stdout).toMatch(/^runs +2 \(2 finished\), \d+\.\d [kM]B$/m);
    expect(stdout).toMatch(/^damaged +broken: its model is damaged/m);
    expect(stdout).not.toContain('examples/s');
    expect(stderr).toMatch(/^looking at native installations \.\.\.$/m);
    expect((await readdir(cwd)).sort()).toEqual(['models']);
  });

  it('measures the speed beside a named machine, and has all of it as JSON', async () => {
    const { code, stdout, stderr } = await doctor('--json', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    const { system, wasm, data, models, speed, installations } = JSON.parse(stdout);
    expect(installations).toEqual([]);
    expect(system.memory.totalBytes).toBeGreaterThan(1e8);
    expect(wasm).not.toHaveProperty('problem');
    expect(data.splits).toHaveLength(4);
    expect(models).toMatchObject({ count: 2, newest: { status: 'finished' }, damaged: [{ run: 'broken' }] });
    expect(speed).toMatchObject({
      threads: wasm.threads,
      reference: { machine: expect.stringContaining('AMD EPYC') },
    });
    expect(speed.ratio).toBeCloseTo(speed.examplesPerSecond / speed.reference.examplesPerSecond, 10);
    expect(speed.gflops).toBeGreaterThan(0);
    expect(speed.examplesPerSecond).toBeGreaterThan(0);
  });
});
