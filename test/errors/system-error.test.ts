import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  describeSystemError,
  explainFileError,
  explainingFileErrors,
  withPath,
} from '../../src/errors/system-error.js';
import { UserError } from '../../src/errors/user-error.js';
import { writeAtomically } from '../../src/files/write-atomically.js';
import { openInput } from '../../src/terminal/open-input.js';
import { reportError } from '../../src/terminal/report-error.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';
import { FakeStream } from '../terminal/fake-stream.js';

const systemError = (code: string, facts: object = {}) =>
  Object.assign(new Error(`${code}: something, write`), { code, errno: -1, syscall: 'write', ...facts });

function reported(error: unknown): string {
  const stream = new FakeStream();
  reportError(error, { stream });
  return stream.text;
}

const usual = [
  ['ENOENT', /it is not there/],
  ['ENOTDIR', /a part of the path is a file/],
  ['EEXIST', /something else is there already/],
  ['EISDIR', /it is a folder/],
  ['ENOTEMPTY', /the folder is not empty/],
  ['ELOOP', /links in a circle/],
  ['ENAMETOOLONG', /the name is too long/],
  ['EINVAL', /does not take this name/],
  ['EACCES', /permission denied/],
  ['EPERM', /permission denied/],
  ['EROFS', /the file system is read-only/],
  ['ENOSPC', /the disk is full/],
  ['EDQUOT', /your disk quota is used up/],
  ['EFBIG', /does not allow a file that large/],
  ['EXDEV', /moved to another disk/],
  ['EBUSY', /another program is using it/],
  ['ETXTBSY', /another program is using it/],
  ['EIO', /input\/output error/],
  ['EMFILE', /too many files open/],
  ['ENFILE', /too many files are open/],
  ['ENOMEM', /not enough memory/],
  ['ERR_FS_FILE_TOO_LARGE', /too large to be read at once/],
] as const;

describe('an error of the operating system', () => {
  it.each(usual)('is told in a sentence with its path and a next step: %s', (code, meaning) => {
    const text = reported(systemError(code, { path: '/d/x' }));
    expect(text).toMatch(
      new RegExp(`^error: /d/x: .*${meaning.source}.* \\(${code}\\)\\.\nhint: [A-Z].*\\.\n$`),
    );
  });

  it('out of an open file gets the path that it lacks, and keeps one that it has', () => {
    const named = withPath(systemError('ENOSPC'), '/d/x');
    expect(reported(named)).toMatch(/^error: \/d\/x: the disk is full \(ENOSPC\)\.\n/);
    const other = systemError('ENOSPC', { path: '/d/y' });
    expect(withPath(other, '/d/x')).toBe(other);
    const bug = new TypeError('x is no function');
    expect(withPath(bug, '/d/x')).toBe(bug);
    expect(withPath(undefined, '/d/x')).toBeUndefined();
  });

  it('of an unusual code is told in the words of the system, as long as it has a path', () => {
    const error = systemError('ENODEV', { path: '/d/x', errno: -19 });
    expect(reported(error)).toMatch(
      /^error: \/d\/x: no such device \(ENODEV\)\.\nhint: Look at the path .*\.\n$/,
    );
    const unheardOf = systemError('ESTRANGE', { path: '/d/x', errno: -99_999 });
    expect(reported(unheardOf)).toMatch(/^error: \/d\/x: the operating system refuses it \(ESTRANGE\)\.\n/);
  });

  it('names the target of a renaming, an empty path, the working folder, or what the system was asked for', () => {
    const messageOf = (facts: object) => describeSystemError(systemError('ENOENT', facts))?.message;
    expect(messageOf({ path: 'a', dest: 'b' })).toBe('b: it is not there (ENOENT).');
    expect(messageOf({ path: '' })).toBe('The empty path "": it is not there (ENOENT).');
    expect(messageOf({ syscall: 'uv_cwd' })).toBe('The working folder: it was removed (ENOENT).');
    expect(messageOf({})).toBe('The system\'s "write": it is not there (ENOENT).');
  });

  it('is a bug where it is a slip of the program', () => {
    for (const error of [
      systemError('EBADF'),
      systemError('EINVAL'),
      systemError('toString', { errno: undefined }),
      systemError('ERR_INVALID_ARG_TYPE', { path: '/d/x', errno: undefined }),
      new Error('x'),
      'ENOENT',
      undefined,
    ]) {
      expect(describeSystemError(error)).toBeUndefined();
    }
    expect(reported(systemError('EBADF'))).toContain('This is a bug');
  });
});

describe('explaining an error of the operating system', () => {
  it('says what was tried, and keeps the cause', () => {
    const cause = systemError('ENOSPC', { path: '/d/x.part' });
    const error = explainFileError(cause, 'write /d/x') as UserError;
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toBe('Cannot write /d/x: the disk is full (ENOSPC).');
    expect(error.hint).toMatch(/^Free some space/);
    expect(error.cause).toBe(cause);
    expect((explainFileError(cause, 'write into ') as UserError).message).toMatch(
      /^Cannot write into the empty path "": /,
    );
    expect((explainFileError(cause, 'write /d/x', { hint: 'Wait.' }) as UserError).hint).toBe('Wait.');
  });

  it('gives every other error back as it is', async () => {
    const [user, bug] = [new UserError('no.'), new TypeError('x is not a function')];
    expect(explainFileError(user, 'read x')).toBe(user);
    await expect(explainingFileErrors('read x', () => Promise.reject(bug))).rejects.toBe(bug);
    expect(await explainingFileErrors('read x', async () => 7)).toBe(7);
  });
});

describe.skipIf(process.platform === 'win32')('what the system really throws (skipped on Windows)', () => {
  const cases: readonly (readonly [what: string, code: string, act: (folder: string) => Promise<unknown>])[] =
    [
      ['a folder that is a file', 'EEXIST', (folder) => mkdir(join(folder, 'file'), { recursive: true })],
      ['a folder in a file', 'ENOTDIR', (folder) => mkdir(join(folder, 'file/x'), { recursive: true })],
      ['an empty path', 'ENOENT', () => mkdir('', { recursive: true })],
      ['a circle of links', 'ELOOP', (folder) => readdir(join(folder, 'circle'))],
      [
        'a name too long',
        'ENAMETOOLONG',
        (folder) => mkdir(join(folder, 'x'.repeat(300)), { recursive: true }),
      ],
      ['a folder read as a file', 'EISDIR', (folder) => readFile(folder)],
      ['a folder in the way of a file', 'EISDIR', (folder) => writeAtomically(join(folder, 'sub'), 'x')],
      ['a full folder in the way of a folder', 'ENOTEMPTY', (folder) => rename(join(folder, 'sub'), folder)],
      ['a file of texts in a file', 'ENOTDIR', (folder) => openInput(join(folder, 'file/x'))],
      [
        'a file of texts with a name too long',
        'ENAMETOOLONG',
        (folder) => openInput(join(folder, 'x'.repeat(300))),
      ],
      ['a file of texts in a circle of links', 'ELOOP', (folder) => openInput(join(folder, 'circle'))],
      ['an empty name of a file of texts', 'ENOENT', () => openInput('')],
    ];

  it.each(cases)('is told without a stack: %s', async (_what, code, act) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'sub'));
    await symlink('circle', join(folder, 'circle'));
    const error = await act(folder).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(reported(error)).toMatch(new RegExp(`^error: [^\n]+ \\(${code}\\)\\.\nhint: [^\n]+\\.\n$`));
  });

  it('is also memory that V8 did not get, for WebAssembly or an array', () => {
    expect(reported(new RangeError('WebAssembly.Memory(): could not allocate memory'))).toMatch(
      /^error: WebAssembly gets no memory: .*ulimit -v.*\nhint: .*--disable-wasm-trap-handler/,
    );
    expect(
      reported(
        new RangeError(
          'WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance',
        ),
      ),
    ).toMatch(/^error: WebAssembly gets no memory/);
    expect(reported(new RangeError('Array buffer allocation failed'))).toMatch(
      /^error: There is not enough memory .*\nhint: .*training\.batchSize/,
    );
    expect(reported(new RangeError('Invalid array length'))).toContain('This is a bug');
  });
});
