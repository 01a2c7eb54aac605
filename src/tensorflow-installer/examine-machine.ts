import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { addonFile } from './compile-addon.js';
import { findInstallations, type Installation } from './installation.js';
import { missingCudaLibraries, missingLibraries } from './missing-libraries.js';
import { nativeFolder } from './native-folder.js';
import { findNvidiaDriver, type NvidiaDriver } from './nvidia-driver.js';

/** One installation, and whether it works. */
export interface ExaminedInstallation extends Installation {
  /** What it computed on just now; undefined where it did not. */
  readonly computesOn: string | undefined;
  /** What went wrong. */
  readonly problem: string | undefined;
  /** Libraries that it needs and that are not there, by name. */
  readonly missing: readonly string[];
}

/** What there is to compute with, beside the `wasm` backend. */
export interface Examination {
  readonly node: string;
  readonly platform: string;
  readonly glibc: string | undefined;
  readonly driver: NvidiaDriver | undefined;
  readonly folder: string;
  readonly installations: readonly ExaminedInstallation[];
}

/**
 * Looks at the driver, the GPUs and every native installation, and lets each compute.
 *
 * @param options `folder` of installations; `selfTest` computes with one and returns the device's name
 */
export async function examineMachine(options: {
  folder?: string;
  selfTest: (folder: string) => Promise<string>;
}): Promise<Examination> {
  const folder = nativeFolder(options.folder);
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  const installations: ExaminedInstallation[] = [];
  // One after the other: each self-test loads a library of a gigabyte.
  for (const installation of await findInstallations(folder)) {
    installations.push(await examine(installation, options.selfTest));
  }
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    glibc: header.glibcVersionRuntime,
    driver: await findNvidiaDriver(),
    folder,
    installations,
  };
}

async function examine(
  installation: Installation,
  selfTest: (folder: string) => Promise<string>,
): Promise<ExaminedInstallation> {
  const { folder, variant } = installation;
  const missing = [
    ...(await missingLibraries(folder)),
    ...(variant === 'cuda' ? await missingCudaLibraries(folder) : []),
  ];
  try {
    await stat(join(folder, addonFile));
    return { ...installation, computesOn: await selfTest(folder), problem: undefined, missing };
  } catch (error) {
    return { ...installation, computesOn: undefined, problem: (error as Error).message, missing };
  }
}
