import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder =
  process.env.IMDB_RNN_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** The archive of the real reviews, with or without its `.feat` files. */
export const realArchive = join(folder, 'aclImdb_v1.tar.gz');

/** Why tests on it cannot run, to stand in their titles; '' where they can. */
export const noRealArchive = existsSync(realArchive)
  ? ''
  : ' (skipped: no aclImdb_v1.tar.gz in ../shared/data or IMDB_RNN_TEST_DATA)';
