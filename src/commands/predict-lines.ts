import type { Prediction } from '../prediction/prediction.js';
import { predictionRecord } from '../prediction/prediction-record.js';
import { openPredictor } from './open-predictor.js';
import type { PredictFlags } from './predict-options.js';

/** Texts of a pipe or file that are answered at once, when so many are there already: enough that batches are of one length. */
const mostTextsAtOnce = 4096;

/** Answers texts of the command line, or the lines of a file or pipe, as they come: a line each. */
export async function predictLines(texts: readonly string[], flags: PredictFlags): Promise<void> {
  const [{ readyBatches }, output, { formatExtent }] = await Promise.all([
    import('../prediction/ready-batches.js'),
    import('../terminal/print.js'),
    import('../formats/extent.js'),
  ]);
  const lines = await openTexts(texts, flags);
  const { predictor, notes } = await openPredictor(flags);
  const format = flags.json
    ? (prediction: Prediction) => JSON.stringify(predictionRecord(prediction))
    : (await import('./format-prediction.js')).lineFormat(predictor.labels);
  for await (const batch of readyBatches(lines, { size: mostTextsAtOnce })) {
    const answers = (await predictor.predict(batch)).map(format);
    await output.printLines(answers);
  }
  const cut = formatExtent(predictor.extent, predictor.lengthUnit);
  if (cut) notes.note(cut);
}

/** The texts as they come. A file that cannot be read is an error now, before the model is loaded. */
async function openTexts(
  texts: readonly string[],
  { file, encoding }: PredictFlags,
): Promise<AsyncIterable<readonly string[]>> {
  const [{ openInput }, { readTexts }] = await Promise.all([
    import('../terminal/open-input.js'),
    import('../terminal/read-texts.js'),
  ]);
  if (file !== undefined) {
    // Opened and closed: a file that is not there is said before the model is loaded.
    if (file !== '-') (await openInput(file)).destroy();
    return readTexts(file, { encoding });
  }
  return (async function* () {
    for (const text of texts) {
      if (text === '-') yield* readTexts('-', { encoding });
      else yield [text];
    }
  })();
}
