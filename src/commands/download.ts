import { type Command, Option } from 'commander';
import type { DownloadResult } from '../datasets/fetch/download-acl-imdb.js';
import type { KerasFileFacts } from '../datasets/fetch/download-keras-imdb.js';

interface DownloadFlags {
  readonly dataset: 'acl-imdb' | 'keras-imdb';
  readonly dataDir: string;
  readonly archive?: string;
  readonly url?: string;
  readonly unsupervised: boolean;
  readonly files: boolean;
  readonly npz?: string;
  readonly wordIndex?: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

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
        .choices(['acl-imdb', 'keras-imdb'])
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
    .action((flags: DownloadFlags, command: Command) => {
      checkFlags(flags, command);
      return flags.dataset === 'keras-imdb' ? downloadKeras(flags) : downloadAcl(flags);
    });
}

/** Options of one data set mean nothing to the other: better said than left out in silence. */
function checkFlags(flags: DownloadFlags, command: Command): void {
  const { dataset, archive, url, unsupervised, files, npz, wordIndex } = flags;
  const given =
    dataset === 'keras-imdb'
      ? { '--archive': archive, '--url': url, '--unsupervised': unsupervised, '--files': files }
      : { '--npz': npz, '--word-index': wordIndex };
  const wrong = Object.entries(given).find(([, value]) => value)?.[0];
  const other = dataset === 'keras-imdb' ? 'acl-imdb' : 'keras-imdb';
  if (wrong) command.error(`error: ${wrong} goes with --dataset ${other}`, { exitCode: 2 });
}

async function downloadAcl(flags: DownloadFlags): Promise<void> {
  const { dataDir, archive, url } = flags;
  const [{ downloadAclImdb }, { fetching }, output] = await Promise.all([
    import('../datasets/fetch/download-acl-imdb.js'),
    import('./fetching.js'),
    import('../terminal/print.js'),
  ]);
  const fetched = await fetching(flags, (listeners) =>
    downloadAclImdb({
      ...{ dataDir, archive, url },
      splits: flags.unsupervised ? ['train', 'test', 'unsupervised'] : ['train', 'test'],
      layout: flags.files ? 'files' : 'compact',
      ...listeners,
    }),
  );
  if (!fetched) return;
  const { splits, unpacked, archive: from } = fetched.result;
  if (flags.json) {
    output.printJson({
      dataset: 'acl-imdb',
      unpacked,
      splits: Object.fromEntries(splits.map(({ name, ...split }) => [name, split])),
      archive: from ?? null,
      seconds: Number(fetched.seconds.toFixed(3)),
    });
  } else output.print(await formatSplits(fetched.result, fetched.seconds));
}

async function downloadKeras(flags: DownloadFlags): Promise<void> {
  const [{ downloadKerasImdb }, { kerasImdbFolder }, { fetching }, output] = await Promise.all([
    import('../datasets/fetch/download-keras-imdb.js'),
    import('../datasets/keras-imdb/open-keras-imdb.js'),
    import('./fetching.js'),
    import('../terminal/print.js'),
  ]);
  const folder = kerasImdbFolder(flags.dataDir);
  const local = { npz: flags.npz, wordIndex: flags.wordIndex };
  const fetched = await fetching(flags, (listeners) => downloadKerasImdb({ folder, local, ...listeners }));
  if (!fetched) return;
  const { result, seconds } = fetched;
  if (flags.json) {
    output.printJson({ dataset: 'keras-imdb', files: result, seconds: Number(seconds.toFixed(3)) });
  } else output.print(await formatFiles(Object.values(result), seconds));
}

async function formatSplits({ splits, unpacked }: DownloadResult, seconds: number): Promise<string> {
  const { countOf } = await import('../formats/numbers.js');
  const rows = splits.map(({ name, reviews, path }) => [
    name,
    countOf(reviews, 'review'),
    path,
    unpacked.includes(name) ? '' : 'was there already',
  ]);
  return formatRows(rows, { isNew: unpacked.length > 0, seconds });
}

async function formatFiles(files: readonly KerasFileFacts[], seconds: number): Promise<string> {
  const { formatBytes } = await import('../formats/bytes.js');
  const rows = files.map(({ path, bytes, fetched }) => [
    path,
    formatBytes(bytes),
    fetched ? '' : 'was there already',
  ]);
  return formatRows(rows, { isNew: files.some(({ fetched }) => fetched), seconds });
}

async function formatRows(
  rows: readonly string[][],
  { isNew, seconds }: { isNew: boolean; seconds: number },
): Promise<string> {
  const [{ formatTable }, { formatDuration }] = await Promise.all([
    import('../terminal/table.js'),
    import('../formats/durations.js'),
  ]);
  const done = isNew ? `Done in ${formatDuration(seconds)}.` : 'Nothing to do, all of it was there.';
  return `${formatTable(rows, { align: ['left', 'right', 'left', 'left'], width: Number.POSITIVE_INFINITY })}\n${done}`;
}
