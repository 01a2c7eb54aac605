import type { OpenOptions } from '../dataset.js';
import { findSplitFiles } from './find-split-files.js';
import { resolveFiles } from './resolve-files.js';
import type { FilesSettings } from './settings.js';
import { surveyFiles } from './survey-cache.js';

/** Like `resolveFiles`, and with the categories of the training rows: a model reads them in that order ever after. */
export async function resolveWithCategories(
  dataset: FilesSettings,
  { dataDir, onNote }: OpenOptions,
): Promise<FilesSettings> {
  const settings = await resolveFiles(dataset, { onNote });
  const { features } = settings;
  if (!features || features.categorical.length === 0 || features.categories) return settings;
  const { categories } = await surveyFiles(await findSplitFiles(settings), settings, { dataDir });
  return { ...settings, features: { ...features, categories: categories.map((names) => [...names]) } };
}
