// The types that `import 'imdb-rnn'` gives to a program of its users; it is compiled, not run.
import { loadConfig, openPredictor, type TrainRunEvent, trainInBackground } from 'imdb-rnn';

const { config } = await loadConfig('gru2', ['training.epochs=1']);
const events: AsyncGenerator<TrainRunEvent> = trainInBackground({
  ...{ config, configName: 'mine', dataDir: 'data', modelsDir: 'models' },
  ...{ backend: 'wasm', threads: 1, signal: AbortSignal.timeout(1_000) },
});
for await (const event of events) {
  if (event.type === 'epoch') console.log(event.validation?.loss);
  if (event.type === 'finished') console.log((await openPredictor(event.run)).labels);
}
