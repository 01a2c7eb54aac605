import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fillConfig } from '../../src/config/fill-config.js';
import { runCli } from './run-cli.js';

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'imdb-rnn-config-'));
  await writeFile(join(cwd, 'mine.yaml'), 'model:\n  layers:\n    - cell: gru\n      units: 8\n');
  await writeFile(join(cwd, 'bad.yaml'), 'sed: 1\nmodel:\n  layers:\n    - cell: gruu\n');
});

afterAll(() => rm(cwd, { recursive: true }));

describe('config list', () => {
  it('names the packaged configs and says what each is', async () => {
    const { code, stdout } = await runCli(['config', 'list'], { cwd });
    expect(stdout).toMatch(/^config +what it is\n/);
    expect(stdout).toMatch(/^gru2 +the lecture's model\./m);
    expect(code).toBe(0);
  });

  it('gives the same as JSON', async () => {
    const configs = JSON.parse((await runCli(['config', 'list', '--json'], { cwd })).stdout);
    expect(configs).toContainEqual({
      name: 'gru2',
      path: expect.stringMatching(/configs.gru2\.yaml$/),
      summary: expect.stringMatching(/^the lecture's model\./),
    });
  });
});

describe('config print', () => {
  it('prints the filled config as YAML that can be used again', async () => {
    const { code, stdout, stderr } = await runCli(['config', 'print', 'mine.yaml'], { cwd });
    const config = parse(stdout);
    expect(config.training.optimizer.epsilon).toBe(1e-7);
    expect(config.model).toMatchObject({
      type: 'recurrent',
      layers: [{ cell: 'gru', units: 8, bidirectional: false, resetAfter: true }],
    });
    expect(fillConfig(config, 'printed')).toEqual(config);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('puts overrides in, and tells them on standard error', async () => {
    const args = [
      'config',
      'print',
      'mine',
      '--set',
      'training.batchSize=64',
      '--set',
      'model.layers[0].units=4',
      '--json',
    ];
    const { stdout, stderr } = await runCli(args, { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      training: { batchSize: 64 },
      model: { layers: [{ units: 4 }] },
    });
    expect(stderr).toBe('training.batchSize: 32 -> 64\nmodel.layers[0].units: 8 -> 4\n');
    expect((await runCli([...args, '--quiet'], { cwd })).stderr).toBe('');
  });

  it('tells all mistakes of the file and of the overrides', async () => {
    const { code, stdout, stderr } = await runCli(
      ['config', 'print', 'bad.yaml', '--set', 'training.epoch=3'],
      { cwd },
    );
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      'error: bad.yaml:1: sed is not a known key. Did you mean seed?',
      'bad.yaml:4: model.layers[0].cell is "gruu". Use one of: gru, lstm, simpleRnn. Did you mean gru?',
      '--set training.epoch=3: training.epoch is not a known key. Did you mean epochs?',
    ]);
    expect([code, stdout]).toEqual([1, '']);
  });
});

describe('config check', () => {
  it('is content with a good config', async () => {
    expect(await runCli(['config', 'check', 'mine.yaml', 'gru2'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'mine.yaml: ok\ngru2: ok\n',
      stderr: '',
    });
  });

  it('tells the mistakes of all the others and ends with exit code 1', async () => {
    const { code, stdout, stderr } = await runCli(['config', 'check', 'mine.yaml', 'bad.yaml', 'none.yaml'], {
      cwd,
    });
    expect(stdout).toBe('mine.yaml: ok\n');
    expect(stderr).toMatch(/bad\.yaml:1: .*\nbad\.yaml:4: .*\nConfig none\.yaml is neither/);
    expect(code).toBe(1);
  });

  it('gives the same as JSON', async () => {
    const { code, stdout } = await runCli(['config', 'check', 'mine.yaml', 'bad.yaml', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject([
      { config: 'mine.yaml', ok: true, mistakes: [] },
      { config: 'bad.yaml', ok: false, mistakes: [/* two */ expect.any(String), expect.any(String)] },
    ]);
    expect(code).toBe(1);
  });
});

describe('config schema', () => {
  it('prints a JSON Schema with types, limits and defaults', async () => {
    const schema = JSON.parse((await runCli(['config', 'schema'], { cwd })).stdout);
    expect(schema.$schema).toContain('json-schema.org');
    expect(schema.required).toEqual(['model']);
    expect(schema.properties.training.properties.batchSize).toMatchObject({
      type: 'integer',
      exclusiveMinimum: 0,
      default: 32,
    });
    expect(schema.additionalProperties).toBe(false);
  });
});
