import type { GRUCell, LSTMCell, RNN, SimpleRNNCell } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { RecurrentRegularization } from './recurrent-regularization.js';

export type RecurrentCell = GRUCell | LSTMCell | SimpleRNNCell;

/** What our recurrent layers have in common. */
export type RecurrentLayer = RNN & {
  readonly cell: RecurrentCell;
  readonly stateful: boolean;
  readonly regularization: RecurrentRegularization;
};
