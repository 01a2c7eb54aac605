import { UserError } from '../errors/user-error.js';
import type { InstallListener } from './install-event.js';
import { lastLines, runTool } from './run-tool.js';

export interface UnpackWheelOptions {
  readonly python: string;
  /** Where the files go, under their names in the wheel. */
  readonly target: string;
  /** Regular expression (of Python and JavaScript alike) that the wanted names match from their start on. */
  readonly wanted: string;
  /** For the progress. */
  readonly name: string;
  readonly onProgress?: InstallListener;
  readonly signal?: AbortSignal;
}

/**
 * A wheel is a zip file, and whoever has pip has Python's `zipfile`, which checks the sum of every file and keeps names
 * inside of the target. Prints the bytes written and the bytes in all.
 */
const script = `
import os, re, shutil, sys, zipfile
wheel, target, wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    members = [m for m in archive.infolist() if re.match(wanted, m.filename) and not m.is_dir()]
    total, done = sum(m.file_size for m in members), 0
    root = os.path.realpath(target)
    for member in members:
        path = os.path.realpath(os.path.join(root, member.filename))
        if not path.startswith(root + os.sep):
            sys.exit('a file of the wheel lies outside of it: ' + member.filename)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(member) as source, open(path, 'wb') as file:
            while True:
                block = source.read(1 << 22)
                if not block:
                    break
                file.write(block)
                done += len(block)
                if done == total or len(block) == 1 << 22:
                    print(done, total, flush=True)
        mode = (member.external_attr >> 16) & 0o777
        if mode & 0o100:
            os.chmod(path, 0o755)
`;

/**
 * Unpacks the wanted files of a wheel.
 *
 * @throws UserError when the wheel is damaged, holds none of them, or the disk is full
 */
export async function unpackWheel(wheel: string, options: UnpackWheelOptions): Promise<void> {
  const { python, target, wanted, name, onProgress, signal } = options;
  let written = 0;
  const result = await runTool(python, ['-c', script, wheel, target, wanted], {
    onLine: (line) => {
      const [doneBytes, totalBytes] = line.split(' ').map(Number);
      written = doneBytes;
      onProgress?.({ kind: 'unpack', name, doneBytes, totalBytes });
    },
    signal,
  });
  if (result?.code === 0 && written > 0) return;
  throw new UserError(
    `${wheel} could not be unpacked: ${result?.code === 0 ? 'what is needed is not in it' : lastLines(result!, 1)}`,
    'Check the free space (df -h) and run the same command again.',
  );
}
