// Written by scripts/kernel-structs.mjs from kernel-operands.ts, where changes belong.
#pragma once
#include "base.h"

typedef struct {
  address parameter;
  address v;
  address w;
  address gradient;
  integer count;
  float rate;
  float share;
  float epsilon;
} AdadeltaStepOperands;

typedef struct {
  address parameter;
  address sum;
  address gradient;
  integer count;
  float rate;
  float epsilon;
} AdagradStepOperands;

typedef struct {
  address parameter;
  address m;
  address v;
  address gradient;
  integer count;
  float rate;
  float beta1;
  float beta2;
  float epsilon;
} AdamOperands;

typedef struct {
  address parameter;
  address m;
  address v;
  address gradient;
  integer count;
  float rate;
  float share1;
  float share2;
  float epsilon;
  float decay;
} AdamWOperands;

typedef struct {
  address a;
  address b;
  integer count;
  address output;
} AddElementsOperands;

typedef struct {
  address a;
  address b;
  integer count;
  float factor;
  address output;
} AddScaledElementsOperands;

typedef struct {
  address gradient;
  address x;
  address hidden;
  address context;
  address weights;
  integer batch;
  integer time;
  integer features;
  integer units;
  address hiddenGradient;
  address shares;
} AttentionBackwardOperands;

typedef struct {
  address x;
  address hidden;
  address bias;
  address context;
  address mask;
  integer batch;
  integer time;
  integer features;
  integer units;
  address weights;
  address output;
} AttentionForwardOperands;

typedef struct {
  address gradient;
  address weights;
  integer batch;
  integer time;
  integer features;
  address result;
} AttentionInputGradientOperands;

typedef struct {
  address x;
  integer count;
  float limit;
  address output;
} ClipElementsOperands;

typedef struct {
  address x;
  address kernel;
  address bias;
  integer batch;
  integer padded;
  integer features;
  integer filters;
  integer size;
  integer relu;
  address output;
  address scratch;
  integer scratchBytes;
} ConvolveForwardOperands;

typedef struct {
  address gradient;
  address kernel;
  address mask;
  integer batch;
  integer time;
  integer before;
  integer padded;
  integer features;
  integer filters;
  integer size;
  address result;
  address scratch;
  integer scratchBytes;
} ConvolveInputGradientOperands;

typedef struct {
  address x;
  address gradient;
  integer batch;
  integer padded;
  integer features;
  integer filters;
  integer size;
  address kernelGradient;
  address biasGradient;
  address scratch;
  integer scratchBytes;
} ConvolveKernelGradientOperands;

typedef struct {
  address table;
  address ids;
  integer count;
  integer units;
  address output;
} GatherTableRowsOperands;

typedef struct {
  address plans;
  address kernel;
  address gateGradients;
  address packed;
  address gradient;
  integer gates;
  integer features;
  integer units;
  integer time;
  address scratch;
  integer scratchBytes;
} InputGradientOperands;

typedef struct {
  address m;
  address v;
  address gradient;
  integer count;
  float share1;
  float share2;
  float correction1;
  float correction2;
  float epsilon;
  address output;
} LambDirectionOperands;

typedef struct {
  address weights;
  integer rows;
  integer columns;
  float limit;
  address factors;
} LimitColumnsOperands;

typedef struct {
  address forward;
  address backward;
  address mask;
  integer batch;
  integer time;
  integer units;
  integer mode;
  integer maskReversed;
  address output;
} MergeDirectionsOperands;

typedef struct {
  address parameter;
  address velocity;
  address gradient;
  integer count;
  float rate;
  float momentum;
  integer nesterov;
} MomentumStepOperands;

typedef struct {
  address target;
  address value;
  integer count;
  float share;
} MoveElementsOperands;

typedef struct {
  address a;
  address b;
  address c;
  integer rows;
  integer columns;
  integer depth;
  integer transposeA;
  integer transposeB;
  address scratch;
  integer scratchBytes;
} MultiplyOperands;

typedef struct {
  address parameter;
  address m;
  address v;
  address gradient;
  integer count;
  float rate;
  float share1;
  float share2;
  float ofMean;
  float ofGradient;
  float correction;
  float epsilon;
} NadamStepOperands;

typedef struct {
  address gradient;
  address x;
  address gamma;
  integer rows;
  integer columns;
  float epsilon;
  address result;
  address shares;
  address scratch;
} NormalizeBackwardOperands;

typedef struct {
  address x;
  address gamma;
  address beta;
  integer rows;
  integer columns;
  float epsilon;
  address output;
} NormalizeForwardOperands;

typedef struct {
  address x;
  address mask;
  integer batch;
  integer time;
  integer features;
  integer before;
  integer padded;
  address output;
} PadSequencesOperands;

typedef struct {
  address gradient;
  address mask;
  address steps;
  integer batch;
  integer time;
  integer features;
  integer lastAt;
  integer maximumAt;
  integer meanAt;
  integer width;
  address result;
} PoolBackwardOperands;

typedef struct {
  address x;
  address mask;
  integer batch;
  integer time;
  integer features;
  integer lastAt;
  integer maximumAt;
  integer meanAt;
  integer width;
  address output;
  address steps;
} PoolForwardOperands;

typedef struct {
  address plans;
  address x;
  address recurrentKernel;
  address initialState;
  address initialCell;
  address recurrentMask;
  address zoneout;
  address cellZoneout;
  address states;
  address gates;
  address kept;
  address inputGates;
  address candidateGates;
  address entering;
  address stateGradients;
  address outputGradient;
  address finalGradient;
  address finalCellGradient;
  address inputSums;
  address initialGradient;
  address initialCellGradient;
  address shares;
  integer cell;
  integer features;
  integer units;
  integer time;
  float zoneoutRate;
  float cellZoneoutRate;
  address scratch;
  integer scratchBytes;
} RecurrentBackwardOperands;

typedef struct {
  address plans;
  address x;
  address kernel;
  address recurrentKernel;
  address bias;
  address initialState;
  address initialCell;
  address recurrentMask;
  address zoneout;
  address cellZoneout;
  address states;
  address gates;
  address kept;
  address output;
  address finalState;
  address finalCell;
  address table;
  integer cell;
  integer features;
  integer units;
  integer time;
  float zoneoutRate;
  float cellZoneoutRate;
  address scratch;
  integer scratchBytes;
} RecurrentForwardOperands;

typedef struct {
  address gradient;
  address output;
  integer count;
  address result;
} ReluGradientOperands;

typedef struct {
  address parameter;
  address v;
  address mean;
  address steps;
  address gradient;
  integer count;
  float rate;
  float share;
  float momentum;
  float epsilon;
} RmsPropStepOperands;

typedef struct {
  address x;
  integer count;
  float factor;
  address output;
} ScaleElementsOperands;

typedef struct {
  address x;
  address scale;
  integer batch;
  integer time;
  integer features;
  address output;
} ScaleSequencesOperands;

typedef struct {
  address gradient;
  address forward;
  address backward;
  address mask;
  integer batch;
  integer time;
  integer units;
  integer mode;
  integer maskReversed;
  address forwardGradient;
  address backwardGradient;
} SplitDirectionsOperands;

typedef struct {
  address rows;
  address ids;
  integer count;
  integer units;
  integer segments;
  address output;
} SumSegmentsOperands;

typedef struct {
  address x;
  integer count;
  address sums;
} SumSquaresOperands;
