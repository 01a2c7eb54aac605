import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { makeFolder } from '../files/make-folder.js';
import type { InstallListener } from './install-event.js';
import { runTool } from './run-tool.js';

export interface DownloadWheelOptions {
  readonly python: string;
  /** Empty or new; the wheel goes here. */
  readonly folder: string;
  readonly wheelTags: readonly string[];
  readonly onProgress?: InstallListener;
  readonly signal?: AbortSignal;
}

/**
 * The Python that wheels are made for. Any Python 3 downloads them: no Python code of them is run, only their libraries
 * are used.
 */
const pythonVersion = '3.12';
const watchEveryMs = 300;
const unitBytes = { kB: 1e3, MB: 1e6, GB: 1e9 } as const;

/**
 * Downloads one wheel with the user's pip, so that their index, mirrors, proxies and caches apply.
 *
 * @param requirement such as `tensorflow-cpu==2.21.0`
 * @returns path of the wheel
 * @throws UserError with what pip said
 */
export async function downloadWheel(requirement: string, options: DownloadWheelOptions): Promise<string> {
  const { python, folder, wheelTags, onProgress, signal } = options;
  const name = requirement.replace(/[<>=!~[;].*$/, '');
  // pip writes large downloads to TMPDIR first, which is often a small disk; here it is watched, too.
  const [target, temporary] = [join(folder, 'wheel'), join(folder, 'pip')];
  await rm(folder, { recursive: true, force: true });
  for (const made of [target, temporary]) await makeFolder(made);
  let totalBytes: number | undefined;
  const report = async () => {
    // pip copies what it has received; for a moment there is more than one copy.
    const bytes = Math.max(await bytesIn(target), await bytesIn(temporary));
    const doneBytes = Math.min(bytes, totalBytes ?? bytes);
    onProgress?.({ kind: 'download', name, doneBytes, totalBytes });
  };
  const watch = setInterval(() => report().catch(() => {}), watchEveryMs);
  try {
    const parameters = [
      ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-input'],
      ...['--disable-pip-version-check', '--progress-bar', 'off', '--dest', target],
      ...['--python-version', pythonVersion],
      ...wheelTags.flatMap((tag) => ['--platform', tag]),
      requirement,
    ];
    const result = await runTool(python, parameters, {
      env: { TMPDIR: temporary, PYTHONUNBUFFERED: '1' },
      onLine: (line) => {
        const [, size, unit] = /\((\d+(?:\.\d+)?) (kB|MB|GB)\)/.exec(line) ?? [];
        if (unit) totalBytes = Number(size) * unitBytes[unit as keyof typeof unitBytes];
      },
      signal,
    });
    const [wheel] = (await readdir(target)).filter((file) => file.endsWith('.whl'));
    if (result?.code === 0 && wheel) return join(target, wheel);
    throw explainPip(requirement, result?.stderr ?? '');
  } finally {
    clearInterval(watch);
  }
}

function explainPip(requirement: string, stderr: string): UserError {
  const errors = stderr.split('\n').filter((line) => /^(ERROR|.*Error):/.test(line));
  const said = (errors.length > 0 ? errors : stderr.trim().split('\n').slice(-3)).join('\n  ');
  const missing = /No matching distribution|Could not find a version/.test(stderr);
  const offline = /NewConnectionError|ConnectTimeout|Name or service not known|ProxyError|SSLError/.test(
    stderr,
  );
  return new UserError(
    `pip could not download ${requirement}:\n  ${said}`,
    missing && !offline
      ? 'See which versions your package index has: python3 -m pip index versions tensorflow'
      : 'pip uses the index and proxy of its own settings: python3 -m pip config list',
  );
}

/** Bytes of all files under a folder; those that vanish meanwhile do not count. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath ?? entry.path, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
