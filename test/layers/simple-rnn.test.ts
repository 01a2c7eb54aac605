import { SimpleRNN } from '../../src/layers/simple-rnn.js';
import { describeGolden } from './golden-suite.js';

describeGolden('SimpleRNN', ({ recurrentActivation: _, resetAfter: __, ...args }) => new SimpleRNN(args));
