import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';

/** Node 24 sees the limit by itself, and reserves less. */
const seesLimit = Number.parseInt(process.versions.node, 10) >= 24;
const skipped = seesLimit ? ' (skipped: this Node sees the limit by itself)' : '';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const modelsDir = await temporaryFolder();

/** Runs the program with so many KiB of addresses. */
function runWithin(kibibytes: number, args: readonly string[], env: Record<string, string> = {}) {
  const script = 'ulimit -v "$0" && exec "$@"';
  return spawnSync('sh', ['-c', script, `${kibibytes}`, process.execPath, main, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: undefined, FORCE_COLOR: undefined, ...env },
  });
}

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'a limit of the address space (skipped where it is no x64 Linux)',
  () => {
    const predict = ['predict', '--quiet', '--threads', '1', '--models-dir', modelsDir, 'a good film'];
    const answer = /^(positive|negative) .* a good film\n$/;

    it.skipIf(seesLimit)(`is named with the ways out where WebAssembly gets no memory${skipped}`, () => {
      const { status, stdout, stderr } = runWithin(8_000_000, predict);
      expect(stderr).toMatch(/^error: WebAssembly gets no memory: [^\n]*ulimit -v[^\n]*\nhint: [^\n]*\n$/);
      expect(stderr).toMatch(/ulimit -v unlimited.*NODE_OPTIONS=--disable-wasm-trap-handler.*backend cpu/);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    });

    it.skipIf(!seesLimit)('is no obstacle to a Node that sees it (skipped where Node does not)', () => {
      expect(runWithin(8_000_000, predict).stdout).toMatch(answer);
    });

    it('leaves the ways out that are named', () => {
      const environment = { NODE_OPTIONS: '--disable-wasm-trap-handler' };
      expect(runWithin(8_000_000, predict, environment).stdout).toMatch(answer);
      expect(runWithin(8_000_000, [...predict, '--backend', 'cpu']).stdout).toMatch(answer);
    });

    it('is named where it leaves no room for the threads', () => {
      const many = predict.map((word) => (word === '1' ? '64' : word));
      const { status, stderr } = runWithin(14_000_000, many);
      expect(stderr).toMatch(
        /^error: A limit of the address space .* room for \d+ threads?, and 64 were to start\.$/m,
      );
      expect(status).toBe(1);
    });

    it.skipIf(seesLimit)(`is found by doctor, which starts the backend${skipped}`, async () => {
      const dir = await temporaryFolder();
      const { status, stdout } = runWithin(8_000_000, ['doctor', '--dir', dir]);
      expect(stdout).toMatch(/does not start: WebAssembly gets no memory: .*ulimit -v unlimited/);
      expect(status).toBe(1);
      const json = runWithin(8_000_000, ['doctor', '--json', '--dir', dir]);
      expect(JSON.parse(json.stdout).wasm.problem).toMatch(/^WebAssembly gets no memory/);
    });
  },
);

describe('--threads', () => {
  it.skipIf(availableParallelism() >= 64)(
    'is warned of where there are more than cores (skipped on 64 or more)',
    () => {
      const args = ['predict', '--threads', '64', '--models-dir', modelsDir, 'a good film'];
      const { stderr, status } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
      expect(stderr).toMatch(/^warning: 64 threads on \d+ cores?: .* Use \d+, or leave the number out$/m);
      expect(status).toBe(0);
    },
  );
});
