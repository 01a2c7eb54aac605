import type { Heap } from './heap.js';

/** Larger tables are multiplied anew in each batch. */
const maximumBytes = 128 * 2 ** 20;

/** Rows of table * kernel, each computed when a batch first needs it. */
export interface ProductTable {
  /** Address of [table rows, columns]. */
  address: number;
  /** [table rows]: 1 where the row has been computed. */
  known: Uint8Array;
}

interface CachedTable extends ProductTable {
  tableId: object;
  kernelId: object;
}

/**
 * Products of the rows of an embedding's table with the kernel of the layer that reads them. While both stay as they are,
 * in evaluation and prediction, a word has to be multiplied once, not once a batch.
 */
export class ProductCache {
  private readonly tables: CachedTable[] = [];

  constructor(private readonly heap: Heap) {}

  /** The table of products of two tensors, by their data ids; undefined where it would be too large to keep. */
  tableFor(
    tableId: object,
    kernelId: object,
    size: { rows: number; columns: number },
  ): ProductTable | undefined {
    const found = this.tables.find((table) => table.tableId === tableId && table.kernelId === kernelId);
    if (found) return found;
    const bytes = 4 * size.rows * size.columns;
    if (bytes > maximumBytes) return undefined;
    const table = { address: this.heap.allocate(bytes), known: new Uint8Array(size.rows), tableId, kernelId };
    this.tables.push(table);
    return table;
  }

  /** Frees the products of a tensor that was disposed of or changed in place. */
  forget(dataId: object): void {
    for (let i = this.tables.length - 1; i >= 0; i--) {
      const { tableId, kernelId, address } = this.tables[i];
      if (tableId !== dataId && kernelId !== dataId) continue;
      this.heap.free(address);
      this.tables.splice(i, 1);
    }
  }
}
