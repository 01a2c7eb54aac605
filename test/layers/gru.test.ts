import { GRU } from '../../src/layers/gru.js';
import { describeGolden } from './golden-suite.js';

describeGolden('GRU', (args) => new GRU(args));
