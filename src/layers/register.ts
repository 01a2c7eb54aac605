import { registerBagOfWords } from './bag-of-words.js';
import { registerGlobalAveragePooling } from './global-average-pooling.js';
import { registerGru } from './gru.js';
import { registerOrthogonal } from './orthogonal.js';

/** Registers this package's layers and initializers with TF.js, in the place of the stock ones of the same names. */
export function registerLayers(): void {
  registerGru();
  registerOrthogonal();
  registerBagOfWords();
  registerGlobalAveragePooling();
}
