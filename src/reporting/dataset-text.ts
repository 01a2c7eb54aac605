import type { DatasetConfig } from '../config/schema.js';

const aclImdb =
  'Large Movie Review Dataset v1.0 (Maas et al., "Learning Word Vectors for Sentiment Analysis", ACL 2011): ' +
  'English film reviews of the Internet Movie Database, half of them positive (7 to 10 of 10 points), half negative (1 to 4).';

/** What a dataset is and where it comes from, in a sentence or two. */
const datasetTexts: Readonly<Record<DatasetConfig['name'], string>> = {
  'acl-imdb': aclImdb,
  sample: `A sample of the ${aclImdb}`,
  'keras-imdb': `${aclImdb} Here as word ids, in the form of keras.datasets.imdb.`,
};

/** What the dataset is and where it comes from. */
export function describeDataset({ name }: DatasetConfig): string {
  return datasetTexts[name];
}
