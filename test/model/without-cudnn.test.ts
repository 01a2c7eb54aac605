import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { withoutCudnn } from '../../src/model/without-cudnn.js';

const told = (model: object) => withoutCudnn(fillConfig({ model }, 'test').model);

describe('withoutCudnn', () => {
  it('names the layers that cuDNN has no operation for, each with its reason', () => {
    const layers = [
      { cell: 'gru', resetAfter: false },
      { cell: 'gru' },
      { cell: 'lstm', recurrentDropout: 0.2 },
      { cell: 'simpleRnn', dropout: 0.5 },
    ];
    expect(told({ layers })).toBe(
      'cuDNN lacks model.layers[0] (resetAfter: false), model.layers[2] (recurrentDropout: 0.2): computed step by step, slower',
    );
  });

  it.each([[{ layers: [{ cell: 'gru' }, { cell: 'lstm', bidirectional: 'sum' }] }], [{ type: 'conv1d' }]])(
    'says nothing of %j',
    (model) => {
      expect(told(model)).toBeUndefined();
    },
  );
});
