import type { TextSurvey } from '../evaluation/survey-texts.js';
import { extentRecord, formatExtent } from '../formats/extent.js';
import { formatPercent } from '../formats/numbers.js';
import type { Notes } from '../terminal/notes.js';

/** Says how much of the texts was read, and how many of them the run calls unknown. */
export function noteSurvey(survey: TextSurvey, notes: Notes): void {
  const cut = formatExtent(survey.extent, survey.lengthUnit);
  if (cut) notes.note(cut);
  const share = unknownShare(survey);
  if (share === undefined) return;
  notes.note(`${formatPercent(share)} of the texts are none of these to the run: see unknown in its config`);
}

/** The same as plain data. */
export function surveyRecord(survey: TextSurvey): Record<string, unknown> {
  const share = unknownShare(survey);
  return {
    reading: extentRecord(survey.extent),
    ...(share !== undefined && { unknownShare: share }),
  };
}

function unknownShare({ unknown, extent }: TextSurvey): number | undefined {
  return unknown === undefined ? undefined : unknown / extent.texts;
}
