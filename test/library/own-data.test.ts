import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as library from '../../src/index.js';
import { temporaryFolder } from '../runs/tiny-run.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

it('trains on a file, and answers texts and the rows of another file', async () => {
  await library.useBackend('wasm', { threads: 1 });
  const lines = Array.from({ length: 60 }, (_, row) => `a ${row % 2 ? 'good' : 'bad'} one,${row % 2}`);
  const train = join(folder, 'train.csv');
  await writeFile(train, `text,label\n${lines.join('\n')}\n`);
  const { config } = await library.loadConfig('nb-ngrams', [
    ...['dataset.name=files', `dataset.train=${train}`, 'dataset.split.test=0'],
  ]);
  const events: library.TrainRunEvent[] = [];
  const places = { dataDir: join(folder, 'data'), modelsDir: join(folder, 'models') };
  for await (const event of library.trainRun({ config, configName: 'nb-ngrams', name: 'own', ...places })) {
    events.push(event);
  }
  const run = await library.findRun(places.modelsDir, 'own');
  expect(await run.readLabels()).toEqual(['0', '1']);

  const predictor = await library.Predictor.open(run);
  const [answer] = await predictor.predict(['a good one']);
  expect(library.predictionRecord(answer)).toMatchObject({ text: 'a good one', label: '1' });

  const asked = join(folder, 'asked.jsonl');
  await writeFile(asked, '{"id":7,"text":"a bad one"}\n');
  const problems: library.RowProblem[] = [];
  const file = await library.openRowFile(asked, { onProblem: (problem) => problems.push(problem) });
  const columns = await library.chooseTextColumns(file, await run.readConfig());
  const output = join(folder, 'answers.jsonl');
  const counts = await library.predictFile(file, predictor, {
    readRow: library.rowReader(columns),
    layout: { format: 'jsonl' },
    output,
    takeProblems: () => problems.splice(0),
  });
  expect(counts).toMatchObject({ rows: 1, answered: 1, broken: 0, empty: 0 });
  expect(JSON.parse(await readFile(output, 'utf8'))).toMatchObject({ id: 7, label: '0' });
  predictor.dispose();
});
