import { type Command, Option } from 'commander';
import type { Download, DownloadedPart, DownloadFlags as SpecialFlags } from '../datasets/dataset.js';
import type { DatasetName, DatasetSettings } from '../datasets/dataset-table.js';

interface DownloadFlags extends SpecialFlags {
  readonly dataset: DatasetName;
  readonly dataDir: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Those of the table that can be fetched, named again: the table would load the schema for a mere `--help`. */
const downloadable = ['acl-imdb', 'keras-imdb'] as const satisfies readonly DatasetName[];

/** `imdb-rnn download`: fetches a data set and puts it in its place. */
export function registerDownload(program: Command): void {
  program
    .command('download')
    .description('fetch the Large Movie Review Dataset (84 MB), check it and unpack it')
    .addOption(
      new Option(
        '--dataset <name>',
        'acl-imdb: the raw reviews; keras-imdb: their word ids, as Keras has them (19 MB)',
      )
        .choices(downloadable)
        .default('acl-imdb'),
    )
    .option('--data-dir <folder>', 'where the data goes', 'data')
    .addOption(new Option('--archive <file>', 'unpack this local archive, download nothing').conflicts('url'))
    .option('--url <address>', 'download the archive from here; its checksum is not known then')
    .option('--unsupervised', 'unpack the 50,000 reviews without a label too', false)
    .option('--files', 'unpack into the classical aclImdb/ tree with one file per review', false)
    .option('--npz <file>', 'keras-imdb: take this local imdb.npz')
    .option('--word-index <file>', 'keras-imdb: take this local imdb_word_index.json')
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
  $ imdb-rnn download --files --json
  $ imdb-rnn download --dataset keras-imdb
  $ imdb-rnn download --dataset keras-imdb --npz ~/.keras/datasets/imdb.npz`,
    )
    .action(async (flags: DownloadFlags, command: Command) => {
      const downloads = await readDownloads();
      checkFlags(flags, command, downloads);
      return download(flags, downloads.get(flags.dataset)!);
    });
}

type Downloads = ReadonlyMap<DatasetName, Download>;

async function readDownloads(): Promise<Downloads> {
  const { datasetOf } = await import('../datasets/dataset-table.js');
  return new Map(downloadable.map((name) => [name, datasetOf({ name } as DatasetSettings).download!]));
}

/** Options of one data set mean nothing to another: better said than left out in silence. */
function checkFlags(flags: DownloadFlags, command: Command, downloads: Downloads): void {
  const own = downloads.get(flags.dataset)?.flags ?? [];
  for (const [other, { flags: others }] of downloads) {
    const wrong = others.find((flag) => flags[flag] && !own.includes(flag));
    if (wrong) command.error(`error: ${longFlag(wrong)} goes with --dataset ${other}`, { exitCode: 2 });
  }
}

/** `wordIndex` as it is written on the command line: `--word-index`. */
function longFlag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

async function download(flags: DownloadFlags, how: Download): Promise<void> {
  const { dataset, dataDir } = flags;
  const [{ fetching }, output] = await Promise.all([import('./fetching.js'), import('../terminal/print.js')]);
  const fetched = await fetching(flags, (listeners) => {
    return how.fetch({ dataDir, flags, ...listeners });
  });
  if (!fetched) return;
  const { result, seconds } = fetched;
  if (flags.json) {
    output.printJson({ dataset, ...result.facts, seconds: Number(seconds.toFixed(3)) });
  } else output.print(await formatParts(result.parts, seconds));
}

async function formatParts(parts: readonly DownloadedPart[], seconds: number): Promise<string> {
  const [{ countOf }, { formatBytes }, { formatTable }, { formatDuration }] = await Promise.all([
    import('../formats/numbers.js'),
    import('../formats/bytes.js'),
    import('../terminal/table.js'),
    import('../formats/durations.js'),
  ]);
  const rows = parts.map(({ name, amount, path, isNew }) => [
    name,
    'bytes' in amount ? formatBytes(amount.bytes) : countOf(amount.reviews, 'review'),
    ...(path === undefined ? [] : [path]),
    isNew ? '' : 'was there already',
  ]);
  const done = parts.some(({ isNew }) => isNew)
    ? `Done in ${formatDuration(seconds)}.`
    : 'Nothing to do, all of it was there.';
  return `${formatTable(rows, { align: ['left', 'right', 'left', 'left'], width: Number.POSITIVE_INFINITY })}\n${done}`;
}
