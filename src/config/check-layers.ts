/** A setting that contradicts another one: its path below `model`, and a sentence without its end. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface Layer {
  readonly units: number;
  readonly bidirectional: false | string;
  readonly residual: boolean;
}

/** Numbers that a recurrent layer gives for each token. */
export function layerWidth({ units, bidirectional }: Omit<Layer, 'residual'>): number {
  return bidirectional === 'concat' ? 2 * units : units;
}

/**
 * Residual connections add what goes into a layer to what comes out of it: both must be there, of one size. Pieces of a text
 * have no last state that would stand for the whole.
 */
export function checkLayers(model: {
  readonly embedding: { readonly units: number };
  readonly layers: readonly Layer[];
  readonly pooling: string;
  readonly pieceLength: number | 'none';
}): Contradiction[] {
  const { embedding, layers, pooling, pieceLength } = model;
  if (pieceLength !== 'none' && pooling.startsWith('last')) {
    const message = `${pooling} means the end of a text, but model.pieceLength cuts it into pieces that all have one; use max, mean or attention`;
    return [{ path: ['pooling'], message }];
  }
  return layers.flatMap((layer, i): Contradiction[] => {
    if (!layer.residual) return [];
    const path = ['layers', i, 'residual'];
    const [before, after] = [i === 0 ? embedding.units : layerWidth(layers[i - 1]), layerWidth(layer)];
    if (before !== after) {
      return [
        {
          path,
          message: `the layer gets ${before} numbers a token and gives ${after}, and a residual connection adds them; make both equal`,
        },
      ];
    }
    if (i < layers.length - 1 || pooling !== 'last') return [];
    return [
      {
        path,
        message:
          'the last layer gives its final state alone, to which no sequence can be added; use another model.pooling, such as mean',
      },
    ];
  });
}
