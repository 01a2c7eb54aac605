import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { chooseTextColumns, type TextColumns } from '../prediction/text-columns.js';
import type { RowFile } from '../rows/row.js';

export interface SheetColumns extends TextColumns {
  readonly labelColumn: string;
}

/**
 * Which columns of a file have the texts, and which has, or gets, the labels: the one that is named, else that of the files
 * that the run was trained on, else `label`.
 *
 * @throws UserError where the file has no such columns of texts, or one column would be both
 */
export async function chooseColumns(
  file: Pick<RowFile, 'path' | 'columns' | 'portions'>,
  config: Pick<Config, 'dataset'>,
  named: { readonly textColumn?: string; readonly labelColumn?: string },
): Promise<SheetColumns> {
  const { dataset } = config;
  const ofRun = dataset.name === 'files' ? dataset.label : undefined;
  const labelColumn = named.labelColumn ?? ofRun ?? 'label';
  const texts = await chooseTextColumns(file, config, { named: named.textColumn, taken: [labelColumn] });
  if (texts.textColumns.includes(labelColumn)) {
    throw new UserError(
      `The column "${labelColumn}" cannot have both the texts and the labels.`,
      'Name two columns with --text-column and --label-column.',
    );
  }
  return { ...texts, labelColumn };
}
