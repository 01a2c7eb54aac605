import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, programName, type Started, withProgramName } from '../../src/commands/program-name.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

/** A program in `<folder>/dist/main.js`, started without anything on the PATH. */
async function started(changes: Partial<Started> = {}): Promise<Started & { folder: string }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist/main.js'), '');
  const argv = ['node', join(folder, 'dist/main.js'), 'train'];
  return { folder, argv, env: { PATH: '/nowhere' }, platform: 'linux', cwd: folder, ...changes };
}

async function onPath(program: Started & { folder: string }, target: string) {
  const bin = join(program.folder, 'bin');
  await mkdir(bin);
  await symlink(target, join(bin, 'imdb-rnn'));
  return { ...program, env: { PATH: ['/nowhere', bin].join(delimiter) } };
}

describe.skipIf(process.platform === 'win32')(
  'what starts the program (skipped on Windows, which has no links)',
  () => {
    it('is node and the file in a checkout, seen from where the user stands', async () => {
      const program = await started();
      expect(programName(program)).toBe('node dist/main.js');
      expect(programName({ ...program, cwd: '/' })).toMatch(/^node tmp|^node \//);
      expect(programName({ ...program, cwd: '/usr' })).toBe(`node ${program.argv[1]}`);
    });

    it('is its name where that is on the PATH, and is this very program', async () => {
      const program = await started();
      expect(programName(await onPath(program, program.argv[1]))).toBe('imdb-rnn');
      const another = await started();
      await writeFile(join(another.folder, 'other'), '');
      await chmod(join(another.folder, 'other'), 0o755);
      expect(programName(await onPath(another, join(another.folder, 'other')))).toBe('node dist/main.js');
    });

    it("is npx where npx has started it, whose PATH is not the shell's", async () => {
      const program = await started();
      const linked = await onPath(program, program.argv[1]);
      const byNpx = { ...linked, env: { ...linked.env, npm_command: 'exec' } };
      const argv = ['node', '/home/x/.npm/_npx/1/node_modules/.bin/imdb-rnn'];
      expect(programName({ ...byNpx, argv })).toBe('npx imdb-rnn');
      // As a test runner that npx has started starts it.
      expect(programName(byNpx)).toBe('imdb-rnn');
      expect(programName({ ...linked, env: { ...linked.env, npm_lifecycle_event: 'x' } })).toBe(
        'node dist/main.js',
      );
    });

    it('begins a command line whose words a shell leaves whole', async () => {
      const program = await started();
      expect(commandLine(['eval', '--run', "it's", '--models-dir', 'my models'], program)).toBe(
        "node dist/main.js eval --run 'it'\\''s' --models-dir 'my models'",
      );
      expect(commandLine(['eval', 'a b'], { ...program, platform: 'win32' })).toContain('eval "a b"');
    });

    it('takes the place of the name in a hint, where a command is meant', async () => {
      const program = await started();
      const hint =
        'Run imdb-rnn download, or `imdb-rnn doctor`: a newer imdb-rnn train. Not imdb-rnn that, nor x/imdb-rnn train.';
      expect(withProgramName(hint, ['download', 'doctor', 'train'], program)).toBe(
        'Run node dist/main.js download, or `node dist/main.js doctor`: a newer node dist/main.js train. Not imdb-rnn that, nor x/imdb-rnn train.',
      );
    });
  },
);
