import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { withPresentNames } from '../../src/config/former-names.js';
import { parseConfig } from '../../src/config/parse-config.js';
import type { UserError } from '../../src/errors/user-error.js';

/** As version 0.1.0 wrote it into run folders. */
const averaged = {
  model: { type: 'averagedEmbedding', embedding: { units: 10 } },
  training: {
    epochs: 5,
    batchSize: 32,
    validationSplit: 0.1,
    optimizer: { name: 'sgd', learningRate: 0.25 },
  },
};

describe('a config of version 0.1.0', () => {
  it("calls fastText's descent sgd, and means the same", () => {
    const filled = fillConfig(averaged, 'config.yaml');
    expect(filled.training.optimizer).toEqual({ name: 'fastText', learningRate: 0.25 });
    expect(fillConfig(filled, 'again')).toEqual(filled);
  });

  it('stays as it was given', () => {
    const before = structuredClone(averaged);
    expect(withPresentNames(averaged)).not.toBe(averaged);
    expect(averaged).toEqual(before);
    const other = { model: { type: 'conv1d' }, training: { optimizer: { name: 'adam' } } };
    expect(withPresentNames(other)).toBe(other);
  });

  it('may be overridden in the same words', () => {
    const text = 'model: {type: averagedEmbedding}\ntraining: {optimizer: {name: sgd}}\n';
    const { config, overrides } = parseConfig(text, 'c.yaml', {
      overrides: ['training.optimizer.name=sgd', 'training.optimizer.learningRate=0.5'],
    });
    expect(config.training.optimizer).toEqual({ name: 'fastText', learningRate: 0.5 });
    expect(overrides).toEqual([
      { key: 'training.optimizer.name', from: 'fastText', to: 'fastText' },
      { key: 'training.optimizer.learningRate', from: 0.1, to: 0.5 },
    ]);
  });

  it('hears of its mistakes as the present one does', () => {
    const mistaken = { ...averaged, training: { optimizer: { name: 'sgd', beta1: 0.5 } } };
    expect(() => fillConfig(mistaken, 'config.yaml')).toThrow(
      'config.yaml: training.optimizer.beta1 is not a key of name fastText. It belongs to name adam, adamw, nadam, lamb.',
    );
  });

  it("has another sgd for another model: Keras', or none", () => {
    const filled = (model: object) =>
      fillConfig({ model, training: { optimizer: { name: 'sgd' } } }, 'c.yaml');
    expect(filled({ layers: [{ cell: 'gru' }] }).training.optimizer).toMatchObject({
      name: 'sgd',
      momentum: 0,
    });
    expect(() => filled({ type: 'bagOfWords' })).toThrow(
      'c.yaml: training.optimizer.name: sgd, but a bagOfWords model has a solver of its own; leave training.optimizer out.',
    );
  });

  it('shows an optimizer for a bag of words, which has a solver of its own', () => {
    const optimizer = { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    const filled = fillConfig({ model: { type: 'bagOfWords' }, training: { optimizer } }, 'config.yaml');
    expect(filled.training).toMatchObject({ epochs: 5, batchSize: 32, validationSplit: 0.1 });
    expect(fillConfig(filled, 'again')).toEqual(filled);
    const mistaken = { model: { type: 'bagOfWords' }, training: { optimizer: { learningRate: -1 } } };
    expect(() => fillConfig(mistaken, 'c.yaml')).toThrow(
      expect.objectContaining({ message: expect.stringContaining('learningRate is -1') }) as UserError,
    );
  });
});
