import { z } from 'zod';
import { rowFormats, textEncodings } from '../../rows/row.js';

const column = z.string().min(1);
const share = z.number().min(0).lt(1);
const paths = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

export const settings = z.strictObject({
  name: z.literal('files').describe('`files`: your own CSV, TSV, JSONL, JSON, Parquet or text files.'),
  path: z
    .string()
    .min(1)
    .optional()
    .describe('A folder with `train`, and perhaps `validation` and `test`, below it: files or folders.'),
  train: paths
    .optional()
    .describe('File, folder, pattern such as `data/*.csv`, or a list of these: the examples to train on.'),
  validation: paths.optional().describe('The same for the examples that choose the best epoch.'),
  test: paths.optional().describe('The same for the examples that only measure.'),
  unsupervised: paths
    .optional()
    .describe('The same for texts without labels, which are learnt where `training.teacher` is given.'),
  format: z.enum(rowFormats).optional().describe("Default: told by the name's ending, else by the content."),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe('What stands between the fields of csv and tsv. Default: found out from the first lines.'),
  encoding: z
    .enum(textEncodings)
    .optional()
    .describe('Default: UTF-8, or UTF-16 where a byte order mark says so.'),
  header: z
    .boolean()
    .default(true)
    .describe("Whether csv and tsv begin with the columns' names; without, they are called 1, 2, ..."),
  quote: z.string().max(1).default('"').describe('What encloses fields of csv and tsv; empty: nothing.'),
  text: column.optional().describe('The column of the texts. Default: guessed by name and content.'),
  columns: z
    .record(z.string(), column)
    .optional()
    .describe('Several columns of text, joined by ` ¶ ` in this order: `{ title: subject, body: message }`.'),
  label: column.optional().describe('The column of the labels. Default: guessed by name and content.'),
  labels: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Labels that come first, in this order, whether training rows have them or not; others of these rows follow by name. `train --from` names those of the former run.',
    ),
  labelSeparator: z
    .string()
    .min(1)
    .optional()
    .describe('What stands between several labels in one cell, such as `|`. Default: a cell is one label.'),
  weight: column.optional().describe('A column of numbers: how much each example counts in training.'),
  features: z
    .strictObject({
      numeric: z.array(column).default([]).describe('Columns of numbers.'),
      categorical: z
        .array(column)
        .default([])
        .describe('Columns of which each value becomes a number, 0 or 1.'),
      categories: z
        .array(z.array(z.string()))
        .optional()
        .describe(
          'The values of each categorical column, in their order. Default: those of the training rows.',
        ),
    })
    .optional()
    .describe('Columns that the model reads beside the text.'),
  groupBy: column
    .optional()
    .describe('A column, such as an author: examples with the same value stay on one side of a split.'),
  split: z
    .strictObject({
      validation: share
        .optional()
        .describe('Default: 0, and `training.validationSplit` holds out; with `groupBy` 0.1.'),
      test: share.default(0.1).describe('Used where there is no file of test examples.'),
      seed: z.int().nonnegative().default(1).describe('Fixes which examples are held out.'),
    })
    .prefault({})
    .describe(
      'Shares of the training rows that are held out where no file is given, the same of each label.',
    ),
  duplicates: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe('Of the same text several times in training: `keep` all, or `drop` all but the first.'),
  ignoreUnknownLabels: z
    .boolean()
    .default(false)
    .describe('Whether validation and test rows with a label that training does not have are left out.'),
  strict: z.boolean().default(false).describe('Stop at the first problem in a file instead of going on.'),
});

/** What `dataset` is in a config for one's own files. */
export type FilesSettings = z.infer<typeof settings>;
