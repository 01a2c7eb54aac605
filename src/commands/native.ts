import { type Command, Option } from 'commander';
import type { Installation } from '../tensorflow-installer/installation.js';
import type { NativeVariant } from '../tensorflow-installer/native-folder.js';

interface VariantFlags {
  readonly cpu?: boolean;
  readonly cuda?: boolean;
  readonly dir?: string;
}

interface InstallFlags extends VariantFlags {
  readonly tensorflow?: string;
  readonly withoutDriver: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn native install|status|remove`: TensorFlow's own libraries under TF.js, for `--backend tensorflow` and `cuda`. */
export function registerNative(program: Command): void {
  const native = program
    .command('native')
    .description('install TensorFlow as a backend, for the CPU or for CUDA');
  withVariants(native.command('install'))
    .description('download TensorFlow with pip, and connect it with TensorFlow.js')
    .option('--tensorflow <version>', 'version of the libraries (default: 2.21.0)')
    .option('--without-driver', 'install CUDA although there is no NVIDIA driver, as for an image', false)
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .action(install)
    .addHelpText(
      'after',
      `
Without --cpu and --cuda an NVIDIA driver decides. Downloads: 0.3 GB for the CPU, 3 GB for CUDA, with your own pip and
npm, so their mirrors, proxies and caches apply; needed are Python 3 with pip and a C++ compiler. An installation that was
interrupted goes on where it stopped. For another folder than the default set IMDB_RNN_NATIVE_DIR, too.
${examples('imdb-rnn native install --cpu', 'imdb-rnn native install --cuda --dir /srv/native')}`,
    );
  native
    .command('status')
    .description('show what is installed')
    .addOption(dirOption())
    .option('--json', 'print JSON', false)
    .action(status)
    .addHelpText('after', examples('imdb-rnn native status', 'imdb-rnn native status --json'));
  withVariants(native.command('remove'))
    .description('remove what is installed')
    .action(remove)
    .addHelpText('after', examples('imdb-rnn native remove', 'imdb-rnn native remove --cuda'));
  native
    .command('self-test', { hidden: true })
    .description('compute with an installation in a folder, and print the device')
    .argument('<folder>')
    .action(selfTest)
    .addHelpText('after', examples('imdb-rnn native self-test ~/.cache/imdb-rnn/native/cpu'));
  native.addHelpText(
    'after',
    examples(
      'imdb-rnn native install --cpu',
      'imdb-rnn native status',
      'imdb-rnn train --backend tensorflow',
    ),
  );
}

async function install(flags: InstallFlags): Promise<void> {
  const { tensorflow, withoutDriver, json, quiet } = flags;
  const [{ installNative }, { nativeFolder }, { createNotes }, { watchInterrupt }, output] =
    await Promise.all([
      import('../tensorflow-installer/install-native.js'),
      import('../tensorflow-installer/native-folder.js'),
      import('../terminal/notes.js'),
      import('../terminal/interrupt.js'),
      import('../terminal/print.js'),
    ]);
  const [{ InstallProgress }, { selfTestInProcess }] = await Promise.all([
    import('./install-progress.js'),
    import('./native-self-test.js'),
  ]);
  const notes = createNotes({ quiet });
  const progress = new InstallProgress({ quiet, notes });
  const interrupt = watchInterrupt();
  try {
    const variant = variantOf(flags) ?? (await likelyVariant(notes.note));
    const { installation, installed } = await installNative(nativeFolder(flags.dir), {
      variant,
      tensorflow,
      withoutDriver,
      selfTest: (folder) => selfTestInProcess(folder, { signal: interrupt.signal }),
      onProgress: (event) => progress.show(event),
      signal: interrupt.signal,
    });
    progress.stop();
    if (json) return output.printJson({ ...installation, installed });
    const { folder, device } = installation;
    output.print(
      `${installed ? 'Installed' : 'Was there already'}: ${installation.tensorflow} on ${device}, in ${folder}`,
    );
    output.print(`Use it with --backend ${variant === 'cuda' ? 'cuda' : 'tensorflow'}.`);
    if (flags.dir) output.print(`Other commands find it when IMDB_RNN_NATIVE_DIR is ${flags.dir}.`);
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = interrupt.exitCode;
    process.stderr.write('Stopped. What was unpacked is kept; run the same command again to go on.\n');
  } finally {
    interrupt.release();
  }
}

async function likelyVariant(note: (text: string) => void): Promise<NativeVariant> {
  const { findNvidiaDriver } = await import('../tensorflow-installer/nvidia-driver.js');
  const driver = await findNvidiaDriver();
  note(
    driver
      ? `installing for CUDA: ${driver.gpus[0].name}`
      : 'installing for the CPU: there is no NVIDIA driver',
  );
  return driver ? 'cuda' : 'cpu';
}

async function status({ dir, json }: { dir?: string; json: boolean }): Promise<void> {
  const [{ findInstallations }, { nativeFolder }, output] = await Promise.all([
    import('../tensorflow-installer/installation.js'),
    import('../tensorflow-installer/native-folder.js'),
    import('../terminal/print.js'),
  ]);
  const folder = nativeFolder(dir);
  const installations = await findInstallations(folder);
  if (json) return output.printJson({ folder, installations });
  if (installations.length === 0) {
    return output.print(`Nothing is installed in ${folder}. To install: imdb-rnn native install`);
  }
  const { formatTable } = await import('../terminal/table.js');
  output.print(installations.map((installation) => formatTable(rowsOf(installation))).join('\n\n'));
}

function rowsOf(installation: Installation): string[][] {
  const { variant, folder, tensorflow, arch, device, cuda } = installation;
  const rows = [
    [variant, folder],
    ['TensorFlow', `${tensorflow}, ${arch}`],
    ['package', installation.package],
    ['tested on', device],
  ];
  return cuda.length > 0 ? [...rows, ['CUDA', cuda.join(', ')]] : rows;
}

async function remove(flags: VariantFlags): Promise<void> {
  const [{ removeNative }, { nativeFolder }, output] = await Promise.all([
    import('../tensorflow-installer/remove-native.js'),
    import('../tensorflow-installer/native-folder.js'),
    import('../terminal/print.js'),
  ]);
  const [folder, variant] = [nativeFolder(flags.dir), variantOf(flags)];
  const removed = await removeNative(folder, variant && [variant]);
  output.print(removed.length > 0 ? `Removed: ${removed.join(', ')}` : `Nothing to remove in ${folder}.`);
}

/** What `native install` runs in a process of its own: the last line printed is the device. */
async function selfTest(folder: string): Promise<void> {
  const [{ testInstallation }, output] = await Promise.all([
    import('./native-self-test.js'),
    import('../terminal/print.js'),
  ]);
  output.printJson({ device: await testInstallation(folder) });
}

function withVariants(command: Command): Command {
  return command
    .addOption(new Option('--cpu', 'the build for the CPU').conflicts('cuda'))
    .addOption(new Option('--cuda', 'the build for NVIDIA GPUs'))
    .addOption(dirOption());
}

const dirOption = () =>
  new Option('--dir <folder>', 'where installations are (default: imdb-rnn/native in your cache folder)');

function variantOf({ cpu, cuda }: VariantFlags): NativeVariant | undefined {
  if (cuda) return 'cuda';
  return cpu ? 'cpu' : undefined;
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
