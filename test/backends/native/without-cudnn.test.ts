import { describe, expect, it } from 'vitest';
import { withoutCudnn } from '../../../src/backends/native/without-cudnn.js';
import { lackingFor } from '../../../src/backends/use-backend.js';
import { fillConfig } from '../../../src/config/fill-config.js';

const told = (model: object) => withoutCudnn(fillConfig({ model }, 'test').model);

describe('withoutCudnn', () => {
  it('names the layers that cuDNN has no operation for, each with its reason', () => {
    const layers = [
      { cell: 'gru', resetAfter: false },
      { cell: 'gru' },
      { cell: 'lstm', recurrentDropout: 0.2 },
      { cell: 'simpleRnn', dropout: 0.5 },
      { cell: 'lstm', cellZoneout: 0.1, weightDropout: 0.5 },
      { cell: 'gru', zoneout: 0.05 },
    ];
    expect(told({ layers })).toBe(
      'cuDNN lacks model.layers[0] (resetAfter: false), model.layers[2] (recurrentDropout: 0.2), model.layers[4] (cellZoneout: 0.1), model.layers[5] (zoneout: 0.05): computed step by step, slower',
    );
  });

  it.each([[{ layers: [{ cell: 'gru' }, { cell: 'lstm', bidirectional: 'sum' }] }], [{ type: 'conv1d' }]])(
    'says nothing of %j',
    (model) => {
      expect(told(model)).toBeUndefined();
    },
  );

  it('is said of the cuda backend alone', () => {
    const { model } = fillConfig({ model: { layers: [{ cell: 'gru', resetAfter: false }] } }, 'test');
    const toldOf = (name: 'cuda' | 'tensorflow' | 'wasm' | 'cpu') =>
      lackingFor(model, { name, threads: 1, reason: 'asked for' });
    expect(toldOf('cuda')).toBe(withoutCudnn(model));
    expect(toldOf('cuda')).toContain('resetAfter: false');
    for (const name of ['tensorflow', 'wasm', 'cpu'] as const) expect(toldOf(name)).toBeUndefined();
  });

  it('leaves it to the tensorflow backend to say that it has no zoneout', () => {
    const { model } = fillConfig(
      { model: { layers: [{ cell: 'gru' }, { cell: 'gru', zoneout: 0.1 }] } },
      'test',
    );
    const toldOf = (name: 'tensorflow' | 'wasm' | 'cpu') =>
      lackingFor(model, { name, threads: 1, reason: 'asked for' });
    expect(toldOf('tensorflow')).toBe(
      'no fused operation for model.layers[1] (zoneout: 0.1): computed step by step, much slower',
    );
    for (const name of ['wasm', 'cpu'] as const) expect(toldOf(name)).toBeUndefined();
  });
});
