import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import type { InstallEvent } from '../../src/tensorflow-installer/install-event.js';
import { type InstallOptions, installNative } from '../../src/tensorflow-installer/install-native.js';
import { findInstallations, readInstallation } from '../../src/tensorflow-installer/installation.js';
import { removeNative } from '../../src/tensorflow-installer/remove-native.js';
import { type FakeTools, fakeTools, type ToolName } from './fake-tools.js';

const works = { selfTest: async () => 'CPU' };
const install = (tools: FakeTools, options: Partial<InstallOptions> = {}) =>
  installNative(tools.folder, { variant: 'cpu', ...works, ...options });

/** What was run, without folders and options. */
const stepsOf = async (tools: FakeTools) =>
  (await tools.calls()).map((call) => {
    const [name] = call.split(' ');
    if (name === 'g++') return `g++ ${/quiet|tfjs_binding/.exec(call)?.[0]}`;
    return name === 'unpack' ? call : `${name} ${call.split(' ').at(-1)}`;
  });

const onLinux = process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
const cpuPackage = process.arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';

describe.skipIf(!onLinux)('installing TensorFlow (skipped where there is no build of it)', () => {
  it('fetches sources, downloads and unpacks the wheel, compiles, tests, and then gives it its name', async () => {
    const tools = await fakeTools();
    const seen: string[] = [];
    const { installation, installed } = await install(tools, {
      selfTest: async (folder) => {
        seen.push(...(await stepsOf(tools)));
        expect(folder).toBe(join(tools.folder, 'cpu.partial'));
        expect(await findInstallations(tools.folder)).toEqual([]);
        return 'CPU';
      },
    });
    expect(seen).toEqual([
      'npm @tensorflow/tfjs-node@4.22.0',
      'npm node-api-headers@1.9.0',
      `python3 ${cpuPackage}==2.21.0`,
      `unpack ${cpuPackage}-1.whl`,
      'g++ tfjs_binding',
      'g++ quiet',
    ]);
    expect(installed).toBe(true);
    expect(installation).toMatchObject({
      ...{ variant: 'cpu', tensorflow: `${cpuPackage} 2.21.0`, package: '@tensorflow/tfjs-node 4.22.0' },
      ...{ cuda: [], device: 'CPU', folder: join(tools.folder, 'cpu') },
    });
    expect(await readdir(tools.folder)).toEqual(['cpu']);
    expect((await readdir(join(tools.folder, 'cpu'))).sort()).toEqual(
      [...['native.json', 'tensorflow', `${cpuPackage}-2.21.0.dist-info`, 'tfjs-node']].sort(),
    );
    expect(await readdir(join(tools.folder, 'cpu', 'tensorflow'))).toHaveLength(2);
  });

  it('asks pip for wheels that this machine runs, for one Python whatever the own one is', async () => {
    const tools = await fakeTools();
    await install(tools);
    const call = (await tools.calls()).find((each) => each.startsWith('python3'))!;
    expect(call).toContain('--no-deps --only-binary=:all:');
    expect(call).toContain('--python-version 3.12');
    expect(call).toMatch(/--platform manylinux_2_27_(x86_64|aarch64) /);
    expect(call).not.toMatch(/index-url|https?:/);
  });

  it('does nothing when it is there already, and replaces another version', async () => {
    const tools = await fakeTools();
    await install(tools);
    const before = (await tools.calls()).length;
    expect((await install(tools)).installed).toBe(false);
    expect(await tools.calls()).toHaveLength(before);
    const { installed, installation } = await install(tools, { tensorflow: '2.20.0' });
    expect([installed, installation.tensorflow]).toEqual([true, `${cpuPackage} 2.20.0`]);
    expect(await readdir(tools.folder)).toEqual(['cpu']);
  });

  it.each<[ToolName, RegExp]>([
    ['npm', /^npm could not fetch @tensorflow\/tfjs-node@4\.22\.0:\n {2}npm error code E404$/],
    ['pip', /^pip could not download tensorflow.*:\n {2}ERROR: Could not find a version/],
    ['g++', /^g\+\+ could not compile the addon:\n {2}tfjs_backend\.cc:1: error: no$/],
  ])(
    'leaves nothing to be picked up when %s fails, says what it said, and goes on the next time',
    async (name, message) => {
      const tools = await fakeTools();
      await tools.break(name, 'fails');
      const failed = install(tools);
      await expect(failed).rejects.toThrow(UserError);
      await expect(failed).rejects.toThrow(message);
      expect(await findInstallations(tools.folder)).toEqual([]);
      await tools.mend(name);
      expect((await install(tools)).installed).toBe(true);
      const downloads = (await tools.calls()).filter((call) => call.includes('pip download'));
      // Only the failed download is made again.
      expect(downloads).toHaveLength(name === 'pip' ? 2 : 1);
    },
  );

  it('keeps the working installation when a newer one fails its test', async () => {
    const tools = await fakeTools();
    await install(tools);
    const broken = async () => {
      throw new UserError('does not compute');
    };
    await expect(install(tools, { tensorflow: '2.22.0', selfTest: broken })).rejects.toThrow(
      'does not compute',
    );
    expect((await readInstallation(tools.folder, 'cpu'))?.tensorflow).toBe(`${cpuPackage} 2.21.0`);
  });

  it.each<[ToolName, string, RegExp]>([
    ['npm', 'npm is not there', /nodejs\.org/],
    ['python3', 'Python 3 with pip is not there', /apt-get install python3-pip/],
    ['pip', 'Python has no pip', /apt-get install python3-pip/],
    ['g++', 'A C++ compiler is not there', /apt-get install g\+\+/],
  ])('says before any download that %s is missing, and what installs it', async (name, message, hint) => {
    const tools = await fakeTools();
    await tools.break(name, 'missing');
    await expect(install(tools)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringMatching(hint),
    });
    expect(await tools.calls()).toEqual([]);
    await expect(stat(tools.folder)).rejects.toThrow('ENOENT');
  });

  it('takes the compiler that CXX names', async () => {
    const tools = await fakeTools();
    await writeFile(
      join(tools.folder, '..', 'bin', 'my-compiler'),
      await readFile(join(tools.folder, '..', 'bin', 'g++')),
      { mode: 0o755 },
    );
    await tools.break('g++', 'missing');
    process.env.CXX = 'my-compiler';
    expect((await install(tools)).installed).toBe(true);
  });

  it('stops when it is told to, and keeps what it has unpacked', async () => {
    const tools = await fakeTools();
    const controller = new AbortController();
    const onProgress = (event: InstallEvent) => {
      if (event.kind === 'stage' && event.text.startsWith('compiling'))
        controller.abort(new Error('stopped'));
    };
    await expect(install(tools, { signal: controller.signal, onProgress })).rejects.toThrow('stopped');
    expect(await findInstallations(tools.folder)).toEqual([]);
    expect(await readdir(join(tools.folder, 'cpu.partial', 'tensorflow'))).toContain('libtensorflow_cc.so.2');
  });

  it('refuses a version that is none', async () => {
    const tools = await fakeTools();
    await expect(install(tools, { tensorflow: '2.21' })).rejects.toMatchObject({
      message: '--tensorflow is "2.21", expected a version with three numbers',
      hint: 'For example: --tensorflow 2.21.0',
    });
  });

  it('removes what is installed, and tells what that was', async () => {
    const tools = await fakeTools();
    await install(tools);
    expect(await removeNative(tools.folder, ['cuda'])).toEqual([]);
    expect(await removeNative(tools.folder)).toEqual([join(tools.folder, 'cpu')]);
    expect(await findInstallations(tools.folder)).toEqual([]);
    expect(await removeNative(join(tools.folder, 'nowhere'))).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'installing TensorFlow for CUDA (skipped where there is no build of it)',
  () => {
    it("brings CUDA's libraries that the wheel's metadata names", async () => {
      const tools = await fakeTools();
      const { installation } = await install(tools, { variant: 'cuda' });
      expect((await stepsOf(tools)).filter((step) => !step.startsWith('g++'))).toEqual([
        'npm @tensorflow/tfjs-node-gpu@4.22.0',
        'npm node-api-headers@1.9.0',
        'python3 tensorflow==2.21.0',
        'unpack tensorflow-1.whl',
        'python3 nvidia-cudnn-cu12<10.0,>=9.3.0.75',
        'unpack nvidia-cudnn-cu12-1.whl',
        'python3 nvidia-cublas-cu12<13.0,>=12.5.3.2',
        'unpack nvidia-cublas-cu12-1.whl',
      ]);
      expect(installation.cuda).toEqual(['nvidia-cublas-cu12 9.9', 'nvidia-cudnn-cu12 9.9']);
      expect(await readdir(join(tools.folder, 'cuda', 'nvidia'))).toEqual([
        'nvidia-cublas-cu12',
        'nvidia-cudnn-cu12',
      ]);
    });

    it('wants a driver, unless it is told that there is none', async () => {
      const tools = await fakeTools();
      await tools.break('nvidia-smi', 'missing');
      await expect(install(tools, { variant: 'cuda' })).rejects.toMatchObject({
        message: expect.stringContaining('There is no NVIDIA driver here'),
        hint: expect.stringContaining('--without-driver'),
      });
      expect((await install(tools, { variant: 'cuda', withoutDriver: true })).installed).toBe(true);
    });
  },
);
