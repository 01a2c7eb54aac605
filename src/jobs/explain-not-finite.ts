import { type EncodedSplit, idsOfExample } from '../batches/encoded-split.js';
import { UserError } from '../errors/user-error.js';
import { modelState } from '../runs/model-files.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { NotFiniteLoss } from '../training/not-finite.js';

/** Texts and words that are shown of a step: enough to recognise them. */
const shown = { texts: 3, words: 12 };

/** What a step whose loss was not a number learnt from, and what is left of the training, beside what the error says itself. */
export async function explainNotFinite(
  error: unknown,
  { run, training, vocabulary }: { run: RunFolder; training: EncodedSplit; vocabulary: Vocabulary },
): Promise<unknown> {
  if (!(error instanceof NotFiniteLoss)) return error;
  const { examples, message, hint } = error;
  const texts = Array.from(examples.subarray(0, shown.texts), (example) =>
    wordsOf(idsOfExample(training, example)),
  );
  const others = examples.length > texts.length ? ` and ${examples.length - texts.length} more` : '';
  const learnt =
    texts.length > 0 ? `. It learnt from ${texts.map((text) => `"${text}"`).join(', ')}${others}` : '';
  const isKept = (await modelState(run.path)) === 'whole';
  const left = isKept ? ` The best model so far is kept in ${run.path}.` : '';
  return new UserError(`${message}${learnt}`, `${hint}${left}`, { cause: error });

  function wordsOf(ids: ArrayLike<number>): string {
    const words = Array.from(ids)
      .slice(0, shown.words)
      .map((id) => vocabulary.token(id) ?? '?');
    return words.join(' ') + (ids.length > shown.words ? ' ...' : '');
  }
}
