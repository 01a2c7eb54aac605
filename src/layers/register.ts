import { registerDropout } from './dropout.js';
import { registerGru } from './gru.js';
import { registerLstm } from './lstm.js';
import { registerOrthogonal } from './orthogonal.js';
import { registerSimpleRnn } from './simple-rnn.js';
import { registerSpatialDropout } from './spatial-dropout.js';

/** Registers this package's layers and initializers with TF.js, in the place of the stock ones of the same names. */
export function registerLayers(): void {
  registerDropout();
  registerGru();
  registerLstm();
  registerOrthogonal();
  registerSimpleRnn();
  registerSpatialDropout();
}
