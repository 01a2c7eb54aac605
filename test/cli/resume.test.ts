import { spawn, spawnSync } from 'node:child_process';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { packageFile } from '../../src/files/package-root.js';
import { temporaryPath } from '../../src/files/write-atomically.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { learningConfig, tinyExamples } from '../training/tiny-data.js';
import { type CliResult, collect, runCli, startCli } from './run-cli.js';

let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeData(join(folder, 'my data'), { train: tinyExamples(80), test: tinyExamples(20, { seed: 2 }) });
  await writeFile(join(folder, 'tiny.yaml'), stringify(learningConfig({ epochs: 3, batchSize: 8 })));
});
afterAll(() => rm(folder, { recursive: true }));

const places = ['--data-dir', 'my data', '--models-dir', 'my runs', '--threads', '1'];
const train = (...args: string[]) => runCli(['train', ...places, ...args], { cwd: folder });
const resume = (...args: string[]) =>
  runCli(['train', '--models-dir', 'my runs', '--resume', ...args], { cwd: folder });
const runFile = (run: string, file: string) => readFile(join(folder, 'my runs', run, file));
const isPosix = process.platform !== 'win32';

/** Where the checkpoint of a run stands. */
async function stateOf(run: string): Promise<{ epoch: number; step: number }> {
  return JSON.parse((await runFile(run, 'checkpoint/checkpoint.json')).toString()).state;
}
const epochOf = async (run: string) => (await stateOf(run)).epoch;

/** Trains for very long, and calls `act` once the first epoch is written. */
async function whileTraining(
  name: string,
  act: (child: ReturnType<typeof startCli>) => unknown,
  env: Record<string, string | undefined> = {},
) {
  const args = ['--config', 'tiny.yaml', '--name', name, '--epochs', '4000'];
  const child = startCli(['train', ...places, ...args], { cwd: folder, env });
  const result = collect(child);
  let text = '';
  await new Promise<void>((resolve) => {
    child.stderr!.on('data', (piece) => {
      text += piece;
      if (/^epoch 2\/4000 /m.test(text)) resolve();
    });
  });
  await act(child);
  return result;
}

describe('a run that has finished', () => {
  it('says so, and is trained longer when more epochs are asked for', async () => {
    await train('--config', 'tiny.yaml', '--name', 'done');
    const before = await runFile('done', 'run.json');
    const again = await resume('done');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toMatch(
      /^my runs.done is finished already: trained for at most 3 epochs, kept is epoch \d\.\nTrain longer: {2}.* train --resume done --models-dir 'my runs' --epochs 6\n$/,
    );
    const json = JSON.parse((await resume('done', '--json')).stdout);
    expect(json).toMatchObject({ run: 'done', status: 'completed', epochs: [], trainingExamples: 72 });
    expect((await runFile('done', 'run.json')).equals(before)).toBe(true);

    const longer = await resume('done', '--epochs', '5', '--json');
    expect(JSON.parse(longer.stdout).epochs.map(({ epoch }: { epoch: number }) => epoch)).toEqual([4, 5]);
    await train('--config', 'tiny.yaml', '--name', 'five', '--epochs', '5');
    expect((await runFile('done', 'weights.bin')).equals(await runFile('five', 'weights.bin'))).toBe(true);
    const fewer = await resume('done', '--epochs', '4');
    expect([fewer.code, fewer.stderr]).toEqual([
      1,
      expect.stringMatching(/done has been trained for 5 epochs; 4 are fewer\.\nhint: Give at least 5/),
    ]);
  });
});

describe.skipIf(!isPosix)('a training that a signal stops (skipped on Windows, which has no signals)', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGTERM', 143],
  ] as const)('is saved at %s, and goes on without being named', async (signal, code) => {
    const stopped = await whileTraining(signal, (child) => child.kill(signal));
    expect([stopped.code, stopped.signal]).toEqual([code, null]);
    expect(stopped.stdout).toMatch(/^Stopped in/);
    const { epoch, step } = await stateOf(signal);
    const rest = await resume('--epochs', `${epoch}`);
    expect(rest.code).toBe(0);
    expect(rest.stderr).toContain(
      `${join('my runs', signal)} is unfinished: its training was interrupted: going on with it\n`,
    );
    expect(rest.stderr).toContain(`going on in epoch ${epoch} after step ${step}\n`);
  });

  it('prints next steps that work as they stand, in a checkout where no imdb-rnn is on the PATH', async () => {
    const { PATH } = process.env;
    const { stdout } = await whileTraining('steps', (child) => child.kill('SIGTERM'), { PATH });
    const line = (title: string) => new RegExp(`^${title}: +(.*)$`, 'm').exec(stdout)![1];
    const sh = (command: string) => collect(spawn('sh', ['-c', command], { cwd: folder }));
    const goOn = await sh(`${line('Go on')} --epochs ${await epochOf('steps')}`);
    expect([goOn.code, goOn.stdout]).toEqual([0, expect.stringMatching(/^Done in/)]);
    const [measured, used] = [await sh(line('Measure it')), await sh(line('Use it'))];
    expect([measured.code, measured.stdout]).toEqual([0, expect.stringContaining('accuracy')]);
    expect([used.code, used.stdout]).toEqual([0, expect.stringContaining('text')]);
  });
});

describe('a run that is being trained', () => {
  it('is refused to a second training at once, is measured without a report, and goes on', async () => {
    let second: CliResult | undefined;
    let measured: CliResult | undefined;
    let pid: number | undefined;
    await whileTraining('held', async (child) => {
      pid = child.pid;
      second = await resume('held');
      measured = await runCli(['eval', '--run', 'held', '--models-dir', 'my runs'], { cwd: folder });
      child.kill('SIGKILL');
    });
    expect([second!.code, second!.stdout]).toEqual([1, '']);
    const command = 'imdb-rnn train --data-dir my data';
    expect(second!.stderr).toMatch(
      new RegExp(
        `^error: my runs.held is being trained by process ${pid} \\(${command}.* begun .* ago, last sign`,
      ),
    );
    expect([measured!.code, measured!.stderr]).toEqual([
      0,
      expect.stringContaining(`held is being trained by process ${pid}`),
    ]);
    expect(await readdir(join(folder, 'my runs', 'held'))).not.toContain('report.html');
    const rest = await resume('held', '--epochs', `${await epochOf('held')}`);
    expect([rest.code, rest.stderr]).toEqual([
      0,
      expect.stringMatching(new RegExp(`process ${pid} .* has died while it trained .*: taking over`)),
    ]);
    const lines = (await runFile('held', 'metrics.jsonl')).toString().trim().split('\n');
    const places = lines
      .map((text) => JSON.parse(text))
      .map(({ type, epoch, step }) => `${type} ${epoch} ${step}`);
    expect(new Set(places).size).toBe(places.length);
  });
});

describe('what processes that died have left', () => {
  it('goes when the training goes on', async () => {
    await train('--config', 'tiny.yaml', '--name', 'left');
    const { pid } = spawnSync(process.execPath, ['--version']);
    const half = (path: string) =>
      temporaryPath(join(folder, 'my runs', path)).replace(`.${process.pid}@`, `.${pid}@`);
    const names = ['left/run.json', 'left/checkpoint/checkpoint.json', 'left/checkpoint/tensors-1.bin'].map(
      half,
    );
    for (const name of names) await writeFile(name, 'half');
    await writeFile(join(folder, 'my runs', 'left', 'run.lock.guard'), '');
    await utimes(join(folder, 'my runs', 'left', 'run.lock.guard'), 0, 0);
    await resume('left', '--epochs', '4');
    const all = await readdir(join(folder, 'my runs', 'left'), { recursive: true });
    expect(
      all.filter((name) => name.includes('.tmp') || name.includes('run.lock.') || name === 'run.lock'),
    ).toEqual([]);
  });
});

describe('a run that is used', () => {
  it('is one that has finished, unless another is named, and proven, unless it is trusted', async () => {
    const models = ['--models-dir', 'other runs'];
    const args = ['--data-dir', 'my data', ...models, '--config', 'tiny.yaml', '--threads', '1'];
    for (const name of ['first', 'second']) {
      await runCli(['train', ...args, '--name', name, '--epochs', '1'], { cwd: folder });
    }
    const path = join(folder, 'other runs', 'second', 'run.json');
    const summary = JSON.parse(await readFile(path, 'utf8'));
    const predict = (...more: string[]) => runCli(['predict', ...models, ...more, 'good'], { cwd: folder });
    await writeFile(path, JSON.stringify({ ...summary, status: 'interrupted' }));
    expect((await predict()).stderr).toMatch(
      /^other runs.second is unfinished: its training was interrupted: taking an older run\nrun first,/,
    );
    await rm(path);
    const refused = await predict('--run', 'second');
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/^error: other runs.second.run\.json is missing or damaged.*\nhint: .*--trust/),
    ]);
    const trusted = await predict('--run', 'second', '--trust');
    expect([trusted.code, trusted.stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: other runs.second.run\.json is missing.*\nrun second,/),
    ]);
    // Measuring it must not make a run.json that says it is whole.
    const measured = await runCli(
      ['eval', ...models, '--run', 'second', '--trust', '--data-dir', 'my data'],
      {
        cwd: folder,
      },
    );
    expect([measured.code, await readdir(join(folder, 'other runs', 'second'))]).toEqual([
      0,
      expect.not.arrayContaining(['run.json']),
    ]);
  });
});

describe('settings that were changed by hand', () => {
  it('are told by key, and used by force only', async () => {
    await train('--config', 'tiny.yaml', '--name', 'changed');
    const path = join(folder, 'my runs', 'changed', 'config.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('batchSize: 8', 'batchSize: 16'));
    const refused = await resume('changed', '--epochs', '4');
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/config\.yaml has .*\n {2}training\.batchSize: 8 -> 16\nhint: /),
    ]);
    const forced = await resume('changed', '--epochs', '4', '--force');
    expect(forced.code).toBe(0);
    expect(forced.stderr).toMatch(
      /warning: .*settings are not those.*\n {2}training\.batchSize: 8 -> 16\n {2}--force: the training goes on/,
    );
  });
});

describe.skipIf(!isPosix)(
  'a disk that is full (skipped on Windows, which has no limit for the size of a file)',
  () => {
    it('is named, loses nothing that was saved, and the training goes on when there is room', async () => {
      const settings = ['--config', 'tiny.yaml', '--set', 'model.embedding.units=2000'];
      await train(...settings, '--name', 'full', '--epochs', '1');
      const program = `'${process.execPath}' '${packageFile('dist/main.js')}'`;
      const words = "train --resume full --models-dir 'my runs' --epochs 3";
      // In blocks of 512 bytes: enough for all files but those of the weights.
      const failed = await collect(
        spawn('sh', ['-c', `ulimit -f 100; ${program} ${words}`], { cwd: folder }),
      );
      expect(failed.code).toBe(1);
      expect(failed.stderr).toMatch(/^going on in epoch 2 after step 0$/m);
      expect(failed.stderr).toMatch(/what was trained is kept; go on with: .* train --resume full/);
      expect(failed.stderr).toMatch(/\nerror: my runs.full.\S+\.bin: .*EFBIG.*\nhint: /);
      expect(failed.stderr).not.toContain('This is a bug');
      const rest = await resume('full');
      expect([rest.code, rest.stderr]).toEqual([
        0,
        expect.stringMatching(/^going on in epoch 2 after step 0$/m),
      ]);
      await train(...settings, '--name', 'room', '--epochs', '3');
      expect((await runFile('full', 'weights.bin')).equals(await runFile('room', 'weights.bin'))).toBe(true);
    });
  },
);
