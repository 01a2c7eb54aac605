import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';
import { mistakes } from './mistakes-of.js';

const recurrent = (layer: string, training: string, rest = '') =>
  `model:\n  layers: [{${layer}}]\n${rest}training:\n  ${training}\n`;

describe('settings against learning by heart', () => {
  it('are off where nothing is said', () => {
    const { config } = parseConfig('model: {layers: [{cell: lstm}]}', 'c.yaml');
    expect(config.training).toMatchObject({ adversarial: 'none', rDrop: 'none' });
    expect(config.model).toMatchObject({
      embedding: { dropout: 0, wordDropout: 0 },
      layers: [{ weightDropout: 0, zoneout: 0, cellZoneout: 0 }],
    });
  });

  it('are filled with their defaults where they are on', () => {
    const filled = (line: string) =>
      parseConfig(recurrent('cell: gru, dropout: 0.1', line), 'c.yaml').config.training;
    expect(filled('adversarial: {}')).toMatchObject({ adversarial: { epsilon: 0.05, weight: 1 } });
    expect(filled('rDrop: {}')).toMatchObject({ rDrop: { weight: 1 } });
  });

  it.each(['dropout: 0.1', 'recurrentDropout: 0.1', 'weightDropout: 0.1', 'zoneout: 0.1'])(
    'allow R-Drop with whatever is drawn anew at a pass: %s',
    (rate) => {
      expect(
        parseConfig(recurrent(`cell: gru, ${rate}`, 'rDrop: {weight: 2}'), 'c.yaml').config,
      ).toBeDefined();
    },
  );

  it.each([['  embedding: {dropout: 0.1}\n'], ['  embedding: {wordDropout: 0.1}\n'], ['  dropout: 0.1\n']])(
    'allow it with what the layers around drop, too: %s',
    (rest) => {
      expect(parseConfig(recurrent('cell: gru', 'rDrop: {}', rest), 'c.yaml').config).toBeDefined();
    },
  );

  it.each([
    ['wordDropout: 1', 'embedding', 'c.yaml:3: model.embedding.wordDropout is 1.'],
    ['dropout: -0.1', 'embedding', 'c.yaml:3: model.embedding.dropout is -0.1.'],
  ])('are shares: %s', (line, _key, message) => {
    const text = `model:\n  layers: [{cell: gru}]\n  embedding: {${line}}\n`;
    expect(mistakes(text)).toEqual([`${message} Expected a number of at least 0 and below 1.`]);
  });

  it.each([
    ['cell: gru, zoneout: 1', 'zoneout is 1. Expected a number of at least 0 and below 1.'],
    ['cell: lstm, weightDropout: 2', 'weightDropout is 2. Expected a number of at least 0 and below 1.'],
  ])('are shares in layers: %s', (layer, message) => {
    expect(mistakes(`model:\n  layers: [{${layer}}]\n`)).toEqual([`c.yaml:2: model.layers[0].${message}`]);
  });

  it('know no cell state but that of an LSTM', () => {
    const [mistake] = mistakes('model:\n  layers: [{cell: gru, cellZoneout: 0.1}]\n');
    expect(mistake).toBe(
      'c.yaml:2: model.layers[0].cellZoneout is not a key of cell gru. It belongs to cell lstm.',
    );
  });

  it.each([
    ['adversarial: {epsilon: 0}', 'adversarial.epsilon is 0. Expected a number above 0.'],
    ['rDrop: {weight: -1}', 'rDrop.weight is -1. Expected a number above 0.'],
  ])('are above 0 where they are on: %s', (line, message) => {
    expect(mistakes(recurrent('cell: gru, dropout: 0.1', line))).toEqual([`c.yaml:4: training.${message}`]);
  });

  it('refuse R-Drop where nothing is dropped, whose two passes would be one', () => {
    expect(mistakes(recurrent('cell: gru', 'rDrop: {}'))).toEqual([
      'c.yaml:4: training.rDrop: compares two passes that drop different things, but this model drops nothing; set model.dropout, or set training.rDrop to none.',
    ]);
  });

  it('refuse both ways of a second pass at once', () => {
    const text = recurrent('cell: gru, dropout: 0.1', 'adversarial: {}\n  rDrop: {}');
    expect(mistakes(text)).toEqual([
      'c.yaml:5: training.rDrop: stands beside training.adversarial, and each needs its own second pass; set one of them to none.',
    ]);
  });

  it.each(['averagedEmbedding', 'bagOfWords'])('refuse a second pass of what has none: %s', (type) => {
    const optimizer = type === 'bagOfWords' ? '' : '  optimizer: {name: fastText}\n';
    const text = `model: {type: ${type}}\ntraining:\n${optimizer}  adversarial: {}\n  rDrop: {}\n`;
    const line = optimizer ? 4 : 3;
    const told = (key: string) =>
      `training.${key}: a model of type ${type} does not learn by the gradients of batches; set training.${key} to none.`;
    expect(mistakes(text)).toEqual([
      `c.yaml:${line}: ${told('adversarial')}`,
      `c.yaml:${line + 1}: ${told('rDrop')}`,
    ]);
  });
});
