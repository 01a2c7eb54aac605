import type { Split } from '../datasets/split.js';
import { judgeText, readPart } from '../foreignness/fit-foreignness.js';
import type { RunFolder } from '../runs/run-folder.js';
import { addExtent, nothingRead, type ReadingExtent } from '../text/reading-extent.js';

/** What can be said of a split's texts before a model has read them. */
export interface TextSurvey {
  readonly extent: ReadingExtent;
  /** Unit of the lengths in `extent`. */
  readonly lengthUnit: string;
  /** Texts that are foreign to the run; of runs that were trained with `unknown`. */
  readonly unknown?: number;
}

/**
 * How much a run reads of a split's texts, and how many it answers with none of its labels; `undefined` for word ids.
 *
 * @param options.places only the texts at these places of the split; default: all
 */
export async function surveyTexts(
  run: RunFolder,
  split: Split,
  { places }: { places?: Int32Array } = {},
): Promise<TextSurvey | undefined> {
  if (split.kind === 'ids') return undefined;
  const [{ text }, foreignness] = await Promise.all([run.readConfig(), run.readForeignness()]);
  let extent = nothingRead;
  let unknown = 0;
  let before = 0;
  const wanted = places && new Set(places);
  for await (const portion of split.read()) {
    const first = before;
    before += portion.length;
    const examples = wanted ? portion.filter((_, place) => wanted.has(first + place)) : portion;
    const texts = examples.map((example) => example.text);
    extent = addExtent(extent, texts, text);
    if (!foreignness) continue;
    const isForeign = (each: string) =>
      each.trim() !== '' && judgeText(readPart(each, text), foreignness).unknown;
    unknown += texts.filter(isForeign).length;
  }
  return { extent, lengthUnit: text.lengthUnit, ...(foreignness && { unknown }) };
}
