// The recurrent cells that these kernels compute. The loops over time are the same for all of them (recurrent.c and
// recurrent-gradient.c); what one row does at one step stands in gru-cell.h, lstm-cell.h and simple-cell.h.
#pragma once
#include "base.h"

/** Numbered as in registered/recurrent-cell.ts. */
enum { gruResetAfter, gruResetBefore, lstm, simpleTanh, simpleRelu };

inlined integer isGru(integer cell) { return cell <= gruResetBefore; }

/** Parts of `units` columns in the weights of a cell. */
inlined integer gatesOf(integer cell) { return isGru(cell) ? 3 : cell == lstm ? 4 : 1; }

/** Rows of a cell's bias: a GRU whose reset gate acts after the recurrent product has a second one for that product. */
inlined integer biasRowsOf(integer cell) { return cell == gruResetAfter ? 2 : 1; }

/**
 * The leading gates whose recurrent gradients are the gradients of x W, too: they go through one product. The candidate
 * of a GRU goes through one of its own.
 */
inlined integer plainGatesOf(integer cell) { return isGru(cell) ? 2 : gatesOf(cell); }
