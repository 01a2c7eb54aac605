import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { UserError } from '../errors/user-error.js';
import { makeFolder } from '../files/make-folder.js';
import { lastLines, runTool } from './run-tool.js';

/**
 * Fetches an npm package with the user's npm and unpacks it; none of its scripts is run, nothing that it depends on is
 * installed.
 *
 * @param specifier such as `@tensorflow/tfjs-node@4.22.0`
 * @param folder becomes the package's folder
 * @throws UserError with what npm said
 */
export async function fetchSources(
  specifier: string,
  folder: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const packed = `${folder}.packed`;
  for (const emptied of [folder, packed]) {
    await rm(emptied, { recursive: true, force: true });
    await makeFolder(emptied);
  }
  const parameters = ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed, specifier];
  const result = await runTool('npm', parameters, { cwd: packed, signal });
  // Versions of npm print different names for scoped packages; there is only one archive.
  const [archive] = (await readdir(packed)).filter((file) => file.endsWith('.tgz'));
  if (result?.code !== 0 || archive === undefined) {
    throw new UserError(
      `npm could not fetch ${specifier}:\n  ${result ? lastLines(result) : 'npm is not there'}`,
      'npm uses the registry and proxy of its own settings: npm config list',
    );
  }
  await extract({ file: join(packed, archive), cwd: folder, strip: 1, strict: true });
  await rm(packed, { recursive: true, force: true });
}
