import { UserError } from '../../errors/user-error.js';
import type { Example } from '../split.js';
import { oneHot } from './cells.js';
import { displayPath } from './display-path.js';
import { type FilePart, fileParts } from './find-split-files.js';
import { openRows } from './open-rows.js';
import { type FileRecord, recordReader } from './read-record.js';
import type { SurveyedFiles } from './survey.js';

/** Reads the examples of one split, in the order of the files, a portion of rows at a time. */
export async function* readSide(
  name: FilePart,
  { parts, settings, survey }: SurveyedFiles,
): AsyncGenerator<readonly Example[]> {
  const { sides, rowsOfPart } = survey;
  const side = fileParts.indexOf(name) + 1;
  const read = recordReader(settings);
  const toExample = exampleMaker(survey);
  let row = 0;
  for (const [index, part] of fileParts.entries()) {
    const end = row + rowsOfPart[index];
    if (!sides.subarray(row, end).includes(side)) {
      row = end;
      continue;
    }
    for (const path of parts[part] ?? []) {
      const file = await openRows(path, settings, { onProblem: () => {} });
      for await (const portion of file.portions()) {
        const examples: Example[] = [];
        for (const each of portion) {
          if (row >= end) throw changed(path);
          if (sides[row++] !== side) continue;
          const record = read(each);
          const example = typeof record === 'string' ? undefined : toExample(record);
          if (!example) throw changed(path);
          examples.push(example);
        }
        if (examples.length > 0) yield examples;
      }
    }
    if (row !== end) throw changed((parts[part] ?? [''])[0]);
  }
}

function changed(path: string): UserError {
  return new UserError(`${displayPath(path)} has changed while it was read.`, 'Run the command again.');
}

/** Makes a record an example; undefined for one with a label that the survey has not seen. */
function exampleMaker({
  labels,
  several,
  categories,
}: SurveyedFiles['survey']): (record: FileRecord) => Example | undefined {
  const indices = new Map(labels.map((label, index) => [label, index]));
  return ({ text, labels: names, weight, numbers, categories: values }) => {
    const found = names.map((name) => indices.get(name));
    if (found.includes(undefined)) return undefined;
    const targets = (found as number[]).sort((one, other) => one - other);
    const features = [...numbers, ...oneHot(categories, values)];
    return {
      text,
      target: several ? targets : targets[0],
      ...(weight !== undefined && { weight }),
      ...(features.length > 0 && { features }),
    };
  };
}
