import { countOf, formatPercent } from '../formats/numbers.js';
import type { Draft } from '../jobs/draft-config.js';
import { columnsOf } from '../terminal/display-width.js';
import { formatTable } from '../terminal/table.js';

/** What a config was drafted to, and why, as a table. */
export function formatDraft({ config, inspection, proposal, tokens, time }: Draft): string {
  const { model, text } = proposal;
  const { labels, writing, rows } = inspection;
  const { maxLength } = config.text;
  const tokenizer = text.find(({ key }) => key === 'tokenizer');
  const guess = writing.language ?? writing.scripts[0]?.script ?? 'no letters';
  const count = labels?.counts.length ?? 0;
  const columns = columnsOf(process.stdout);
  return formatTable(
    [
      ['task', config.task, `${countOf(rows, 'row')}, ${countOf(count, 'label')}`],
      ['written in', guess, writing.language ? 'a guess' : ''],
      ['tokenizer', config.text.tokenizer, tokenizer?.reason ?? ''],
      ['cut', `${maxLength} tokens`, `whole texts: ${formatPercent(tokens.shareWithin(maxLength))}`],
      ['model', model.config, model.reason],
      ['time', '', time],
    ],
    { align: ['left', 'left', 'left'], width: Number.isFinite(columns) ? columns : 200 },
  );
}
