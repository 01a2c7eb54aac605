// The types that `import 'imdb-rnn/predict'` gives to a program of its users; it is compiled, not run.
import { openPredictor, type Prediction, type TextPredictor, UserError } from 'imdb-rnn/predict';

const predictor: TextPredictor = await openPredictor('models/mine', { top: 2, threads: 1, backend: 'wasm' });
const one: Prediction = await predictor.predict('a text', { minProbability: 0.8 });
const many: Prediction[] = await predictor.predict([
  'a text',
  { title: 'a', body: 'b', price: 3 },
  { text: 'a text', features: [1, 0] },
]);
export const label: string | null | undefined = one.label;
export const shares: number[] = many.map(({ shareRead }) => shareRead);

// @ts-expect-error: there is no such option
await predictor.predict('a text', { least: 0.8 });
// @ts-expect-error: a number is no text
await predictor.predict(7);

export const isMendable = (error: unknown) => error instanceof UserError && error.hint !== undefined;
predictor.dispose();
