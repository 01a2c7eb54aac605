import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config/load-config.js';
import { packagedConfigs } from '../../src/config/packaged-configs.js';
import { UserError } from '../../src/errors/user-error.js';
import { packageFile } from '../../src/files/package-root.js';

const packagedNames = (await packagedConfigs()).map(({ name }) => name);
let folder: string;
const small = 'model:\n  layers:\n    - cell: gru\n      units: 3\n';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'imdb-rnn-config-')));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe('loading a config', () => {
  it.each(['gru2-lecture', 'gru2-lecture.yaml'])('finds the packaged config %s by name', async (name) => {
    const { config, path, overrides } = await loadConfig(name);
    expect(path).toBe(packageFile('configs', 'gru2-lecture.yaml'));
    expect(overrides).toEqual([]);
    const layer = { cell: 'gru', units: 128, resetAfter: true, bidirectional: false, dropout: 0 };
    expect(config.model).toMatchObject({ type: 'recurrent', layers: [layer, layer], pooling: 'last' });
    expect(config.text).toMatchObject({
      maxLength: 300,
      lengthUnit: 'bytes',
      vocabularySize: 10_000,
      oovBuckets: 1000,
    });
    expect(config.training.optimizer).toEqual({
      name: 'adam',
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
    });
  });

  it('reads a config that was saved as UTF-16, and names what is no text', async () => {
    await writeFile(join(folder, 'wide.yaml'), Buffer.from(`\ufeff${small}`, 'utf16le'));
    const { config } = await loadConfig('wide.yaml');
    expect(config.model).toMatchObject({ layers: [{ cell: 'gru', units: 3 }] });
    await writeFile(join(folder, 'zip.yaml'), 'PK\x03\x04');
    await expect(loadConfig('zip.yaml')).rejects.toThrow(/^zip\.yaml is a ZIP archive .* no text\.$/);
  });

  it.each(packagedNames)('accepts every packaged config: %s', async (name) => {
    await expect(loadConfig(name)).resolves.toMatchObject({ config: { seed: expect.any(Number) } });
  });

  it.each(['gru2', 'gru2.yaml'])('prefers a file in the current folder to the packaged %s', async (name) => {
    await writeFile(join(folder, 'gru2.yaml'), small);
    const { config, path } = await loadConfig(name);
    expect(path).toBe(join(folder, 'gru2.yaml'));
    expect(config.model).toMatchObject({ layers: [{ units: 3 }] });
  });

  it('is not misled by a folder of the same name, such as a run', async () => {
    await mkdir(join(folder, 'gru2'));
    expect((await loadConfig('gru2')).path).toBe(packageFile('configs', 'gru2.yaml'));
  });

  it('takes a path, with or without its ending', async () => {
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine/small.yml'), small);
    expect((await loadConfig('mine/small.yml')).path).toBe(join(folder, 'mine/small.yml'));
    expect((await loadConfig('mine/small')).path).toBe(join(folder, 'mine/small.yml'));
    expect((await loadConfig(join(folder, 'mine/small'))).path).toBe(join(folder, 'mine/small.yml'));
  });

  it('lists the packaged names, and suggests one, when there is no such config', async () => {
    const error = await loadConfig('grru2.yaml').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    const { message, hint } = error as UserError;
    expect(message).toBe(
      'Config grru2.yaml is neither a file here nor a packaged config. Did you mean gru2?',
    );
    expect(hint).toContain('gru2, gru2-classic');
    await expect(loadConfig('no/such.yaml')).rejects.toThrow(/^Config no\/such\.yaml is not there\.$/);
  });

  it('names files by their path from the current folder', async () => {
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine/bad.yaml'), `${small}sed: 3\n`);
    await expect(loadConfig('mine/bad.yaml')).rejects.toThrow(
      'mine/bad.yaml:5: sed is not a known key. Did you mean seed?',
    );
  });
});
