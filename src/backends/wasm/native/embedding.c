// Looking rows up by id, and its gradient. Operands: see kernels/embedding.ts.
#include "operands.h"
#include "rows.h"

/** output [ids, units] = table[ids]; the caller has checked that every id is a row of the table. */
static void gatherTableRows(char *memory, integer thread, integer threads, const void *operands) {
  const GatherTableRowsOperands *o = operands;
  const float *table = at(float, memory, o->table);
  const integer *ids = at(integer, memory, o->ids);
  float *output = at(float, memory, o->output);
  size_t units = o->units;
  integer last = partStart(o->count, thread + 1, threads, 1);
  for (integer i = partStart(o->count, thread, threads, 1); i < last; i++) {
    memcpy(output + i * units, table + ids[i] * units, sizeof(float) * units);
  }
}

/**
 * output [segments, units] = for each segment the sum of the rows [count, units] that carry its id; a negative id
 * belongs nowhere. Threads share the units, so that the sums are the same for any number of threads.
 */
static void sumSegments(char *memory, integer thread, integer threads, const void *operands) {
  const SumSegmentsOperands *o = operands;
  const integer *ids = at(integer, memory, o->ids);
  size_t units = o->units;
  integer first = partStart(o->units, thread, threads, 4);
  integer width = partStart(o->units, thread + 1, threads, 4) - first;
  const float *rows = at(float, memory, o->rows) + first;
  float *output = at(float, memory, o->output) + first;
  for (integer segment = 0; segment < o->segments; segment++) {
    memset(output + segment * units, 0, sizeof(float) * width);
  }
  for (integer i = 0; i < o->count; i++) {
    integer id = ids[i];
    if (id >= 0 && id < o->segments) addRow(output + id * units, rows + i * units, width);
  }
}
