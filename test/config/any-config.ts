import fc from 'fast-check';
import { checkLayers } from '../../src/config/check-layers.js';
import { checkRegularization } from '../../src/config/check-regularization.js';
import { checkText } from '../../src/config/check-text.js';
import type { Config, RecurrentLayerConfig } from '../../src/config/schema.js';

const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((value) => value + 0);
const rate = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
const whole = fc.nat();
const wholeOrNull = fc.option(whole);
const dataset: fc.Arbitrary<Config['dataset']> = fc.oneof(
  fc.record({ name: fc.constantFrom('acl-imdb', 'sample') }),
  fc.record(
    {
      name: fc.constant('files' as const),
      train: fc.oneof(fc.string({ minLength: 1 }), fc.array(fc.string({ minLength: 1 }), { minLength: 1 })),
      header: fc.boolean(),
      quote: fc.constantFrom('', '"', "'"),
      columns: fc.dictionary(fc.constantFrom('title', 'body'), fc.string({ minLength: 1 })),
      labelSeparator: fc.string({ minLength: 1 }),
      features: fc.record({ numeric: fc.constant<string[]>([]), categorical: fc.constant<string[]>(['a']) }),
      split: fc.record({ validation: fraction, test: fraction, seed: whole }),
      duplicates: fc.constantFrom('keep' as const, 'drop' as const),
      ignoreUnknownLabels: fc.boolean(),
      strict: fc.boolean(),
    },
    { requiredKeys: ['name', 'header', 'quote', 'split', 'duplicates', 'ignoreUnknownLabels', 'strict'] },
  ),
  fc.record(
    {
      name: fc.constant('keras-imdb' as const),
      path: fc.string(),
      numWords: fc.option(positive),
      skipTop: whole,
      maxLength: fc.option(positive),
      seed: whole,
      startChar: wholeOrNull,
      oovChar: wholeOrNull,
      indexFrom: whole,
    },
    {
      requiredKeys: ['name', 'numWords', 'skipTop', 'maxLength', 'seed', 'startChar', 'oovChar', 'indexFrom'],
    },
  ),
);
const recurrentKeys = {
  units: positive,
  bidirectional: fc.constantFrom(
    false as const,
    'concat' as const,
    'sum' as const,
    'average' as const,
    'multiply' as const,
  ),
  dropout: fraction,
  recurrentDropout: fraction,
  weightDropout: fraction,
  zoneout: fraction,
  layerNormalization: fc.boolean(),
  residual: fc.boolean(),
};
const recurrentLayer: fc.Arbitrary<RecurrentLayerConfig> = fc.oneof(
  fc.record({ cell: fc.constant('gru' as const), ...recurrentKeys, resetAfter: fc.boolean() }),
  fc.record({ cell: fc.constant('lstm' as const), ...recurrentKeys, cellZoneout: fraction }),
  fc.record({
    cell: fc.constant('simpleRnn' as const),
    ...recurrentKeys,
    activation: fc.constantFrom('tanh', 'relu'),
  }),
);
const embedding = fc.record({
  ...{ units: positive, dropout: fraction, wordDropout: fraction },
  ngrams: fc.integer({ min: 1, max: 5 }),
  ngramVectors: fc.integer({ min: 2, max: 1 << 20 }),
});
const models: fc.Arbitrary<Config['model']> = fc.oneof(
  fc.record({
    type: fc.constant('recurrent' as const),
    embedding,
    layers: fc.array(recurrentLayer, { minLength: 1 }),
    pooling: fc.constantFrom('last', 'mean', 'max', 'attention', 'lastMaxMean'),
    pieceLength: fc.oneof(fc.constant('none' as const), positive),
    dropout: fraction,
    wide: fc.oneof(
      fc.constant('none' as const),
      fc.record({ weighting: fc.constantFrom('binary', 'naiveBayes'), dropout: fraction }),
    ),
  }),
  fc.record({
    type: fc.constant('conv1d' as const),
    embedding,
    filters: positive,
    kernelSize: positive,
    dropout: fraction,
  }),
  fc.record({
    type: fc.constant('averagedEmbedding' as const),
    embedding: fc.record({ units: positive }),
  }),
  fc.record({
    type: fc.constant('bagOfWords' as const),
    weighting: fc.constantFrom('counts', 'binary', 'tfIdf', 'naiveBayes'),
    inverseRegularization: rate,
  }),
);
const noneOr = <Value>(values: fc.Arbitrary<Value>) => fc.oneof(fc.constant('none' as const), values);
const schedule: fc.Arbitrary<Config['training']['schedule']> = fc.oneof(
  fc.constant('auto' as const),
  fc.record({ name: fc.constant('constant' as const), warmupSteps: whole }),
  fc.record({
    name: fc.constantFrom('linear' as const, 'cosine' as const),
    warmupSteps: whole,
    final: fraction,
  }),
  fc.record({
    ...{ name: fc.constant('oneCycle' as const), rise: fc.constant(0.3) },
    ...{ startDivisor: fc.constant(25), finalDivisor: fc.constant(1e4) },
  }),
  fc.record({ name: fc.constant('exponential' as const), warmupSteps: whole, decay: fc.constant(0.5) }),
  fc.record({
    ...{ name: fc.constant('reduceOnPlateau' as const), warmupSteps: whole, factor: fc.constant(0.5) },
    ...{ patience: positive, minDelta: rate, cooldown: whole, minimum: rate },
  }),
);
const keptSmall = fc.constantFrom('kernels' as const, 'all' as const);
/** Any config that the schema allows; its settings may contradict each other, see `reconciled`. */
export const configs: fc.Arbitrary<Config> = fc.record({
  seed: fc.nat(),
  seeds: positive,
  task: fc.constantFrom('auto' as const, 'classification' as const, 'multiLabel' as const),
  dataset,
  text: fc.record({
    maxLength: positive,
    lengthUnit: fc.constantFrom('characters', 'bytes', 'tokens'),
    keep: fc.constantFrom('start', 'end', 'both'),
    excerpts: fc.constantFrom('none' as const, 'windows' as const, 2),
    plain: fc.boolean(),
    normalize: fc.constantFrom('none', 'NFC', 'NFKC'),
    accents: fc.constantFrom('keep', 'remove'),
    digits: fc.constantFrom('keep', 'drop', 'zero'),
    tokenizer: fc.constantFrom('letters', 'punctuation', 'keras', 'words', 'characters', 'subwords'),
    letters: fc.constantFrom('ascii', 'unicode'),
    language: fc.constantFrom('und', 'ja', 'pt-BR'),
    lowercase: fc.boolean(),
    vocabularySize: positive.filter((size) => size >= 2),
    minimumCount: positive,
    oovBuckets: whole,
    ngrams: fc.integer({ min: 1, max: 5 }),
    ngramBuckets: whole,
  }),
  model: models,
  training: fc.record({
    epochs: positive,
    steps: noneOr(positive),
    minutes: noneOr(rate),
    batchSize: positive,
    batchTokens: noneOr(positive),
    validationSplit: fraction,
    validateEvery: fc.oneof(fc.constant('epoch' as const), positive),
    monitor: fc.constantFrom('auto', 'accuracy'),
    earlyStopping: noneOr(fc.record({ patience: positive, minDelta: rate })),
    logEvery: positive,
    schedule,
    threshold: fc.oneof(
      fc.constantFrom('none' as const, 'f1' as const),
      fc.record({ precision: fraction }),
      fc.record({ recall: fraction }),
    ),
    calibrate: fc.boolean(),
    teacher: noneOr(fc.record({ run: fc.constant('teacher') })),
    classWeights: fc.oneof(
      fc.constantFrom('none' as const, 'balanced' as const),
      fc.dictionary(fc.string(), rate).map((weights) => ({ ...weights })),
    ),
    labelSmoothing: fraction,
    accumulate: positive,
    clip: fc.oneof(fc.constant('none' as const), fc.record({ norm: rate }), fc.record({ value: rate })),
    l2: fc.oneof(rate, fc.record({ factor: rate, weights: keptSmall })),
    maxNorm: noneOr(rate),
    average: noneOr(
      fc.oneof(
        fc.record({
          name: fc.constant('exponential' as const),
          decay: fraction,
          biasCorrection: fc.boolean(),
        }),
        fc.record({
          name: fc.constant('stochastic' as const),
          from: fraction,
          every: fc.constantFrom('step' as const, 'epoch' as const),
        }),
      ),
    ),
    adversarial: noneOr(fc.record({ epsilon: rate, weight: rate })),
    rDrop: noneOr(fc.record({ weight: rate })),
    checkpoint: fc.oneof(fc.record({ seconds: positive }), fc.record({ seconds: positive, steps: positive })),
    optimizer: fc.oneof(
      fc.record({
        name: fc.constant('adam' as const),
        learningRate: rate,
        beta1: fraction,
        beta2: fraction,
        epsilon: rate,
      }),
      fc.record({
        name: fc.constant('adamw' as const),
        ...{ learningRate: rate, beta1: fraction, beta2: fraction, epsilon: rate },
        ...{ weightDecay: rate, decayed: keptSmall },
      }),
      fc.record({
        name: fc.constant('rmsprop' as const),
        ...{ learningRate: rate, rho: fraction, momentum: fraction, epsilon: rate, centered: fc.boolean() },
      }),
      fc.record({ name: fc.constant('fastText' as const), learningRate: rate }),
    ),
  }),
  unknown: fc.oneof(
    fc.constant('none' as const),
    fc.record({ quantile: fc.double({ min: 0.001, max: 0.5, noNaN: true }) }),
  ),
});

/** The config, its settings changed where they contradict each other. */
export function reconciled(config: Config): Config {
  const { model, training, text } = config;
  const plainText: Partial<Config['text']> = {
    lengthUnit: 'tokens',
    excerpts: 'none',
    tokenizer: 'letters',
    digits: 'keep',
    language: 'und',
    minimumCount: 1,
    ngrams: 1,
    ngramBuckets: 0,
  };
  const noResidual = (layers: readonly RecurrentLayerConfig[]) =>
    layers.map((layer) => ({ ...layer, residual: false }));
  const isRefused = checkRegularization(model, training).length > 0;
  const onePass = isRefused ? ({ adversarial: 'none', rDrop: 'none' } as const) : {};
  const { optimizer, ...others } = { ...training, ...onePass };
  const untrained = { ...others, ...idleSettings(model.type) };
  const fastText = { name: 'fastText', learningRate: optimizer!.learningRate } as const;
  const adam = { ...fastText, name: 'adam', beta1: 0.5, beta2: 0.5, epsilon: 1 } as const;
  const fitsAveraged = optimizer!.name === 'fastText';
  const off = { accumulate: 1, clip: 'none', l2: 0, maxNorm: 'none', average: 'none' } as const;
  return {
    ...config,
    unknown: config.dataset.name === 'keras-imdb' ? 'none' : config.unknown,
    text: checkText(config).length > 0 ? { ...text, ...plainText } : text,
    model:
      model.type === 'recurrent' && checkLayers(model).length > 0
        ? { ...model, layers: noResidual(model.layers), pieceLength: 'none' }
        : model,
    training:
      model.type === 'bagOfWords'
        ? { ...untrained, ...off, labelSmoothing: 0 }
        : model.type === 'averagedEmbedding'
          ? { ...untrained, ...off, optimizer: fitsAveraged ? optimizer : fastText }
          : { ...untrained, optimizer: fitsAveraged ? adam : optimizer },
  };
}

/** What settings of steps are where a model has no say for them. */
function idleSettings(type: Config['model']['type']): Partial<Config['training']> {
  const ofBatches = { steps: 'none', batchTokens: 'none', schedule: 'auto' } as const;
  if (type === 'averagedEmbedding') return ofBatches;
  if (type !== 'bagOfWords') return {};
  return { ...ofBatches, validateEvery: 'epoch', monitor: 'auto', earlyStopping: 'none' };
}
