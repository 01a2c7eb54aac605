// The innermost loop of every matrix product: a tile of rows x `panelColumns` of C stays in registers while k runs. The
// sizes are those that fill the registers of each set of instructions: 8 x 32 for AVX-512, else 6 x 16.
#pragma once
#include "vector.h"

#if defined(__AVX512F__)
#define lanes 16
#define tileRows 8
#define panelVectors 2
#elif defined(__AVX2__)
#define lanes 8
#define tileRows 6
#define panelVectors 2
#else
#define lanes 4
#define tileRows 6
#define panelVectors 4
#endif

/** Columns of a packed panel and of a tile. */
#define panelColumns (panelVectors * lanes)

typedef float wide __attribute__((vector_size(4 * lanes), aligned(4)));

#define unrolled _Pragma("clang loop unroll(full)")

/** Each row of A is read where it lies; b is packed [depth, panelColumns]; `stride` floats lie between rows of C. */
inlined void tile(const integer rows, const float *const *a, const float *b, integer depth, float *c, size_t stride,
                  integer accumulate) {
  wide sums[tileRows][panelVectors];
  unrolled for (integer i = 0; i < rows; i++) {
    unrolled for (integer j = 0; j < panelVectors; j++) sums[i][j] = (wide){0};
  }
  _Pragma("clang loop unroll(disable)") for (integer k = 0; k < depth; k++) {
    wide columns[panelVectors];
    unrolled for (integer j = 0; j < panelVectors; j++) columns[j] = *(const wide *)(b + k * panelColumns + j * lanes);
    unrolled for (integer i = 0; i < rows; i++) {
      wide value = a[i][k] - (wide){0};
      unrolled for (integer j = 0; j < panelVectors; j++) {
        sums[i][j] = __builtin_elementwise_fma(value, columns[j], sums[i][j]);
      }
    }
  }
  unrolled for (integer i = 0; i < rows; i++) {
    unrolled for (integer j = 0; j < panelVectors; j++) {
      wide *target = (wide *)(c + i * stride + j * lanes);
      *target = accumulate ? *target + sums[i][j] : sums[i][j];
    }
  }
}

/** C tile [rows, panelColumns] = or += rows of A times a packed panel of B. */
static void multiplyTile(integer rows, const float *const *a, const float *b, integer depth, float *c, size_t stride,
                         integer accumulate) {
  switch (rows) {
    case 1: return tile(1, a, b, depth, c, stride, accumulate);
    case 2: return tile(2, a, b, depth, c, stride, accumulate);
    case 3: return tile(3, a, b, depth, c, stride, accumulate);
    case 4: return tile(4, a, b, depth, c, stride, accumulate);
    case 5: return tile(5, a, b, depth, c, stride, accumulate);
    case 6: return tile(6, a, b, depth, c, stride, accumulate);
#if tileRows == 8
    case 7: return tile(7, a, b, depth, c, stride, accumulate);
    case 8: return tile(8, a, b, depth, c, stride, accumulate);
#endif
  }
}
