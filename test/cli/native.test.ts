import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../datasets/temporary-folder.js';
import { runCli } from './run-cli.js';

const manifest = {
  ...{ variant: 'cpu', tensorflow: 'tensorflow-cpu 2.21.0', package: '@tensorflow/tfjs-node 4.22.0' },
  ...{ arch: 'x64', cuda: [], device: 'CPU', installedAt: '2026-01-01T00:00:00.000Z' },
};

/** A folder in which something calls itself installed. */
async function installed(content: string): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'cpu'));
  await writeFile(join(folder, 'cpu', 'native.json'), content);
  return folder;
}

describe('native status', () => {
  it('says that nothing is installed, where, and how to install it', async () => {
    const folder = await temporaryFolder();
    const { stdout, code } = await runCli(['native', 'status', '--dir', folder]);
    expect(stdout).toBe(`Nothing is installed in ${folder}. To install: imdb-rnn native install\n`);
    expect(code).toBe(0);
  });

  it('shows what is installed, as a table and as JSON, where IMDB_RNN_NATIVE_DIR says', async () => {
    const folder = await installed(JSON.stringify(manifest));
    const env = { IMDB_RNN_NATIVE_DIR: folder };
    expect((await runCli(['native', 'status'], { env })).stdout).toMatch(
      /^TensorFlow {2}tensorflow-cpu 2\.21\.0, x64$/m,
    );
    const { installations } = JSON.parse((await runCli(['native', 'status', '--json'], { env })).stdout);
    expect(installations).toEqual([{ ...manifest, folder: join(folder, 'cpu') }]);
  });

  it('does not take a broken installation for one', async () => {
    const folder = await installed('{"variant":"cpu"');
    expect((await runCli(['native', 'status', '--dir', folder])).stdout).toMatch(/^Nothing is installed/);
  });
});

describe('native remove', () => {
  it('removes what is installed, and says when there is nothing', async () => {
    const folder = await installed(JSON.stringify(manifest));
    const removed = await runCli(['native', 'remove', '--cpu', '--dir', folder]);
    expect(removed.stdout).toBe(`Removed: ${join(folder, 'cpu')}\n`);
    const again = await runCli(['native', 'remove', '--dir', folder]);
    expect(again.stdout).toBe(`Nothing to remove in ${folder}.\n`);
  });
});

describe('native install', () => {
  it('refuses both builds at once as wrong usage', async () => {
    const { code, stderr } = await runCli(['native', 'install', '--cpu', '--cuda']);
    expect(stderr).toMatch(/'--cpu' cannot be used with option '--cuda'/);
    expect(code).toBe(2);
  });

  it.skipIf(process.platform !== 'linux')(
    'says what is missing before it downloads anything (skipped where there is no build of TensorFlow)',
    async () => {
      const folder = await temporaryFolder();
      const env = { PATH: folder };
      const { code, stderr } = await runCli(['native', 'install', '--cpu', '--dir', folder], { env });
      expect(stderr).toBe(
        'error: npm is not there; it comes with Node.js\nhint: Install Node.js with npm from nodejs.org.\n',
      );
      expect(code).toBe(1);
    },
  );
});

describe('a backend that is not installed', () => {
  it.each(['tensorflow', 'cuda'])('is an error with the command that installs it: %s', async (backend) => {
    const env = { IMDB_RNN_NATIVE_DIR: await temporaryFolder() };
    const { code, stderr } = await runCli(['predict', '--backend', backend, 'a film'], { env });
    expect(stderr).toMatch(/^error: TensorFlow( for CUDA)? is not installed: nothing in /m);
    expect(stderr).toContain(`imdb-rnn native install --${backend === 'cuda' ? 'cuda' : 'cpu'}`);
    expect(code).toBe(1);
  });
});

describe('doctor', () => {
  it('shows the machine, and what to install', async () => {
    const folder = await temporaryFolder();
    const { code, stdout } = await runCli(['doctor', '--no-speed', '--dir', folder]);
    expect(stdout).toMatch(new RegExp(`^Node\\.js {8}${process.version}$`, 'm'));
    expect(stdout).toMatch(/^TensorFlow is not installed in .*imdb-rnn native install --c(pu|uda)$/m);
    expect(code).toBe(0);
  });

  it('says what is wrong with an installation that does not load', async () => {
    const folder = await installed(JSON.stringify(manifest));
    const { stdout } = await runCli(['doctor', '--no-speed', '--dir', folder]);
    expect(stdout).toMatch(/^computes on {2}nothing$/m);
    expect(stdout).toMatch(/^problem .*tfjs_binding\.node/m);
    const { installations, wasm } = JSON.parse(
      (await runCli(['doctor', '--no-speed', '--json', '--dir', folder])).stdout,
    );
    expect(stdout).toMatch(new RegExp(`wasm +built in; .*, ${wasm.vectorBits}-bit registers`));
    expect([128, 256]).toContain(wasm.vectorBits);
    expect(installations[0].problem).toMatch(/no such file/);
  });
});
