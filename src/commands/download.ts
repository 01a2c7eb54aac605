import { type Command, Option } from 'commander';
import type { DownloadResult } from '../datasets/fetch/download-acl-imdb.js';
import type { FetchEvent } from '../datasets/fetch/fetch-event.js';

interface DownloadFlags {
  readonly dataDir: string;
  readonly archive?: string;
  readonly url?: string;
  readonly unsupervised: boolean;
  readonly files: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn download`: fetches the Large Movie Review Dataset and unpacks it. */
export function registerDownload(program: Command): void {
  program
    .command('download')
    .description('fetch the Large Movie Review Dataset (84 MB), check it and unpack it')
    .option('--data-dir <folder>', 'where the data goes', 'data')
    .addOption(new Option('--archive <file>', 'unpack this local archive, download nothing').conflicts('url'))
    .option('--url <address>', 'download the archive from here; its checksum is not known then')
    .option('--unsupervised', 'unpack the 50,000 reviews without a label too', false)
    .option('--files', 'unpack into the classical aclImdb/ tree with one file per review', false)
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
A download that was interrupted goes on where it stopped. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are obeyed.
The archive is kept in the data folder; delete it when you need the space.

Examples:
  $ imdb-rnn download
  $ imdb-rnn download --archive ~/Downloads/aclImdb_v1.tar.gz
  $ imdb-rnn download --data-dir /srv/data --unsupervised
  $ imdb-rnn download --files --json`,
    )
    .action(download);
}

async function download(flags: DownloadFlags): Promise<void> {
  const { dataDir, archive, url, json, quiet } = flags;
  const [{ downloadAclImdb }, { createNotes }, { watchInterrupt }, { FetchProgress }, output] =
    await Promise.all([
      import('../datasets/fetch/download-acl-imdb.js'),
      import('../terminal/notes.js'),
      import('../terminal/interrupt.js'),
      import('./fetch-progress.js'),
      import('../terminal/print.js'),
    ]);
  const notes = createNotes({ quiet });
  const progress = new FetchProgress({ quiet });
  const interrupt = watchInterrupt();
  let stage: FetchEvent['kind'] | undefined;
  const started = performance.now();
  try {
    const result = await downloadAclImdb({
      dataDir,
      archive,
      url,
      splits: flags.unsupervised ? ['train', 'test', 'unsupervised'] : ['train', 'test'],
      layout: flags.files ? 'files' : 'compact',
      signal: interrupt.signal,
      onProgress: (event) => {
        stage = event.kind;
        progress.show(event);
      },
      onNote: (note) => notes.note(note),
    });
    progress.stop();
    const seconds = (performance.now() - started) / 1000;
    if (json) output.printJson(toJson(result, seconds));
    else output.print(await formatResult(result, seconds));
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = interrupt.exitCode;
    const kept = stage === 'download' ? ' What was received is kept.' : '';
    // Not a note: it belongs to the exit code, as an error's message does.
    process.stderr.write(`Stopped.${kept} Run the same command again to go on.\n`);
  } finally {
    interrupt.release();
  }
}

function toJson({ splits, unpacked, archive }: DownloadResult, seconds: number) {
  return {
    dataset: 'acl-imdb',
    unpacked,
    splits: Object.fromEntries(splits.map(({ name, ...split }) => [name, split])),
    archive: archive ?? null,
    seconds: Number(seconds.toFixed(3)),
  };
}

async function formatResult({ splits, unpacked }: DownloadResult, seconds: number): Promise<string> {
  const [{ formatTable }, { countOf }, { formatDuration }] = await Promise.all([
    import('../terminal/table.js'),
    import('../terminal/format-count.js'),
    import('../terminal/format-duration.js'),
  ]);
  const rows = splits.map(({ name, reviews, path }) => [
    name,
    countOf(reviews, 'review'),
    path,
    unpacked.includes(name) ? '' : 'was there already',
  ]);
  const done =
    unpacked.length === 0 ? 'Nothing to do, all of it was there.' : `Done in ${formatDuration(seconds)}.`;
  return `${formatTable(rows, { align: ['left', 'right', 'left', 'left'], width: Number.POSITIVE_INFINITY })}\n${done}`;
}
