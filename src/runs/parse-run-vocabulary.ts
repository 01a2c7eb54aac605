import type { Config } from '../config/schema.js';
import { fixedVocabularyOf } from '../datasets/dataset-table.js';
import { UserError } from '../errors/user-error.js';
import { parseVocabulary } from '../text/parse-vocabulary.js';
import type { Vocabulary } from '../text/vocabulary.js';

/** Reads vocabulary.txt by a run's settings. @throws UserError with folder and line where it cannot be one */
export function parseRunVocabulary(
  content: string,
  { folder, config: { text, dataset } }: { folder: string; config: Config },
): Vocabulary {
  try {
    return parseVocabulary(content, { text, fixed: fixedVocabularyOf(dataset) });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${folder}: ${error.message}`, error.hint, { cause: error });
  }
}
