import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../src/commands/command-table.js';
import { packageFile } from '../../src/files/package-root.js';
import { collect, runCli, startCli } from './run-cli.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const ESC = String.fromCharCode(27);

/** Runs code before the program, in its process. */
const preload = (code: string) => ['--import', `data:text/javascript,${encodeURIComponent(code)}`];

describe('help', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])(
    'lists all commands with examples for %j',
    async (args) => {
      const { code, stdout, stderr } = await runCli(args);
      expect(stdout).toMatch(/^Usage: imdb-rnn \[options\] \[command\]/);
      for (const { name, summary } of commandTable)
        expect(stdout).toMatch(new RegExp(`^ {2}${name} .*${summary.slice(0, 20)}`, 'm'));
      expect(stdout).toContain('$ imdb-rnn train --config gru2');
      expect(stdout).toMatch(/^Exit codes: 0 done, 1 error, 2 wrong usage, 130 interrupted/m);
      expect([code, stderr]).toEqual([0, '']);
    },
  );

  it.each(commandTable.map(({ name }) => name))('of %s is its own, with examples', async (name) => {
    const { code, stdout, stderr } = await runCli([name, '--help']);
    expect(stdout).toMatch(new RegExp(`^Usage: imdb-rnn ${name} `));
    expect(stdout).toMatch(new RegExp(`^ {2}(\\$ )?imdb-rnn ${name} `, 'm'));
    expect([code, stderr]).toEqual([0, '']);
    expect((await runCli(['help', name])).stdout).toBe(stdout);
  });

  it('of a command that needs a verb is shown when the verb is missing', async () => {
    const { code, stdout } = await runCli(['config']);
    expect(stdout).toMatch(/^Usage: imdb-rnn config \[options\] \[command\]/);
    expect(code).toBe(0);
  });
});

describe('the version', () => {
  it.each(['--version', '-v'])('is printed by %s', async (flag) => {
    expect(await runCli([flag])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('wrong usage', () => {
  it.each([
    [
      ['trian'],
      "error: unknown command 'trian'\n(Did you mean train?)\nhint: `imdb-rnn --help` shows the usage.\n",
    ],
    [['xyzzy'], "error: unknown command 'xyzzy'\nhint: `imdb-rnn --help` shows the usage.\n"],
    [
      ['--vesion'],
      "error: unknown option '--vesion'\n(Did you mean --version?)\nhint: `imdb-rnn --help` shows the usage.\n",
    ],
    [
      ['config', 'prnt'],
      "error: unknown command 'prnt'\n(Did you mean print?)\nhint: `imdb-rnn config --help` shows the usage.\n",
    ],
    [
      ['config', 'print', 'gru2', '--sett', 'a=1'],
      "error: unknown option '--sett'\n(Did you mean --set?)\nhint: `imdb-rnn config print --help` shows the usage.\n",
    ],
    [
      ['config', 'print'],
      "error: missing required argument 'config'\nhint: `imdb-rnn config print --help` shows the usage.\n",
    ],
  ])('ends with exit code 2 and the next step: %j', async (args, stderr) => {
    expect(await runCli(args)).toEqual({ code: 2, signal: null, stdout: '', stderr });
  });
});

describe('errors', () => {
  it('that the user can mend end with exit code 1, message and hint, without a stack', async () => {
    const { code, stdout, stderr } = await runCli(['config', 'print', 'no-such-config']);
    expect(stderr).toMatch(/^error: Config no-such-config is neither .*\nhint: Packaged configs: .*\n$/);
    expect([code, stdout]).toEqual([1, '']);
  });

  it('that are bugs show their stack and ask for a report', async () => {
    const nodeOptions = preload('JSON.stringify = () => { throw new TypeError("broken"); }');
    const { code, stderr } = await runCli(['config', 'schema'], { nodeOptions });
    expect(stderr).toMatch(/^error: TypeError: broken\n {4}at /);
    expect(stderr).toContain(
      `This is a bug. Please report it with the lines above: imdb-rnn ${version}, Node.js v`,
    );
    expect(code).toBe(1);
  });

  it('that no command could catch are reported alike', async () => {
    const nodeOptions = preload(`const { stringify } = JSON;
      JSON.stringify = (...args) => {
        if (args[2] === 2) process.nextTick(() => { throw new TypeError("late"); });
        return stringify(...args);
      };`);
    const { code, stderr } = await runCli(['config', 'schema'], { nodeOptions });
    expect(stderr).toMatch(/^error: TypeError: late\n/);
    expect(code).toBe(1);
  });

  it('include work that silently stops', async () => {
    const nodeOptions = preload('Promise.all = () => new Promise(() => {});');
    const { code, stderr } = await runCli(['config', 'list'], { nodeOptions });
    expect(stderr).toMatch(/^error: Error: The work stopped before its end/);
    expect(code).toBe(1);
  });

  it('are coloured only where colours are wanted', async () => {
    const stderr = async (env: Record<string, string>) =>
      (await runCli(['config', 'print', 'x'], { env })).stderr;
    expect(await stderr({ FORCE_COLOR: '1' })).toMatch(new RegExp(`^${ESC}\\[31merror:`));
    // Node itself may warn of the two variables first.
    expect(await stderr({ FORCE_COLOR: '1', NO_COLOR: '1' })).toMatch(/^error:/m);
  });
});

describe('the output', () => {
  it('may lose its reader without a complaint', async () => {
    const child = startCli(['config', 'schema']);
    child.stdout?.destroy();
    expect(await collect(child)).toMatchObject({ code: 0, stderr: '' });
  });

  it.skipIf(process.platform !== 'linux')(
    'that cannot be written is an error (skipped where there is no /dev/full)',
    async () => {
      const { spawnSync } = await import('node:child_process');
      const { status, stderr } = spawnSync(
        'sh',
        ['-c', '"$0" dist/main.js config schema > /dev/full', process.execPath],
        {
          cwd: new URL('../..', import.meta.url),
          encoding: 'utf8',
        },
      );
      expect(stderr).toMatch(/error:.* the disk is full \(ENOSPC\)\.\n/);
      expect(status).toBe(1);
    },
  );
});

describe('an old Node.js', () => {
  it.each(['v18.20.4', 'v20.18.3'])('is refused in one clear sentence: %s', async (old) => {
    const nodeOptions = preload(`Object.defineProperty(process, "version", { value: "${old}" })`);
    const { code, stderr } = await runCli(['--help'], { nodeOptions });
    expect(stderr).toMatch(
      new RegExp(`^error: imdb-rnn needs Node.js 20.19 or newer; this is ${old}.\nhint: .*\n$`),
    );
    expect(code).toBe(1);
  });

  it.each(['v20.19.0', 'v22.0.0', 'v24.1.0'])('is not %s', async (current) => {
    const nodeOptions = preload(`Object.defineProperty(process, "version", { value: "${current}" })`);
    expect((await runCli(['--version'], { nodeOptions })).stdout).toBe(`${version}\n`);
  });
});

describe('a start', () => {
  /** File names of all modules that a command line loads, those of packages by the package's name. */
  /** The bundled program has a file for each command and files that they share, where TensorFlow.js is the large one. */
  function sourceOf(path: string): string {
    const name = /^program\/(.+)-[0-9A-Z]{8}\.js$/.exec(path)?.[1];
    if (name !== undefined && name !== 'chunk') return `commands/${name}.js`;
    return name === undefined ? path : `shared ${path} ${statSync(packageFile('dist', path)).size} bytes`;
  }

  async function loadedBy(args: readonly string[]): Promise<string[]> {
    const hooks = `import { writeSync } from "node:fs";
      export function load(url, context, next) {
        writeSync(2, "loaded " + url + "\\n");
        return next(url, context);
      }`;
    const nodeOptions = preload(
      `import { register } from "node:module"; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`,
    );
    const { stderr } = await runCli(args, { nodeOptions });
    const urls = [...stderr.matchAll(/^loaded file:(.*)$/gm)].map(([, path]) => path);
    return [
      ...new Set(
        urls.map(
          (path) =>
            /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? sourceOf(path.replace(/^.*\/dist\//, '')),
        ),
      ),
    ];
  }

  it('for help reads no file of any command and no package but those for options and colours', async () => {
    const loaded = await loadedBy(['--help']);
    expect(loaded).toContain('commands/run-program.js');
    expect(loaded.filter((path) => !path.includes('.')).sort()).toEqual(['commander', 'picocolors']);
    expect(loaded.filter((path) => commandTable.some(({ name }) => path === `commands/${name}.js`))).toEqual(
      [],
    );
  });

  it('of one command reads the file of that command alone', async () => {
    const loaded = await loadedBy(['config', 'list']);
    expect(loaded.filter((path) => commandTable.some(({ name }) => path === `commands/${name}.js`))).toEqual([
      'commands/config.js',
    ]);
    expect(loaded).not.toContain('zod');
  });

  it.each(commandTable.map(({ name }) => name))('for the help of %s loads nothing heavy', async (name) => {
    const loaded = await loadedBy([name, '--help']);
    expect(loaded).toContain(`commands/${name}.js`);
    expect(loaded.filter((path) => !path.includes('.')).sort()).toEqual(['commander', 'picocolors']);
    expect(loaded.filter((path) => path.startsWith('shared '))).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^shared .* \d{6,} bytes$/)]),
    );
  });
});
