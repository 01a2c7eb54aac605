import { InvalidArgumentError, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import { type RowFormat, rowFormats, type TextEncoding, textEncodings } from '../rows/row.js';

export interface PredictFlags {
  readonly file?: string;
  readonly output?: string;
  readonly textColumn?: string;
  readonly format?: RowFormat;
  readonly encoding?: TextEncoding;
  readonly top?: number;
  readonly minProbability?: number;
  readonly batchSize: number;
  readonly run?: string;
  readonly modelsDir: string;
  readonly trust?: boolean;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

export const formatOption = () =>
  new Option('--format <format>', 'of --file (default: told by its ending)').choices(rowFormats);

export const encodingOption = () =>
  new Option(
    '--encoding <encoding>',
    'of the texts (default: UTF-8, or what a byte order mark tells)',
  ).choices(textEncodings);

/** Parses a probability. */
export function probability(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}
