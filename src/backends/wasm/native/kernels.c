// The kernels of one set of instructions, as one unit: compiled once for each, with KERNEL_SET the name of the result.
#include "kernels.h"
#include "adam.c"
#include "adaptive.c"
#include "attention.c"
#include "convolution.c"
#include "directions.c"
#include "elements.c"
#include "embedding.c"
#include "input-gradient.c"
#include "momentum.c"
#include "multiply.c"
#include "normalization.c"
#include "norms.c"
#include "pooling.c"
#include "recurrent.c"
#include "recurrent-gradient.c"

static const Kernel kernels[] = {
    {"adadeltaStep", adadeltaStep},
    {"adagradStep", adagradStep},
    {"adam", adam},
    {"adamW", adamW},
    {"addElements", addElements},
    {"addScaledElements", addScaledElements},
    {"attentionBackward", attentionBackward},
    {"attentionForward", attentionForward},
    {"attentionInputGradient", attentionInputGradient},
    {"clipElements", clipElements},
    {"convolveForward", convolveForward},
    {"convolveInputGradient", convolveInputGradient},
    {"convolveKernelGradient", convolveKernelGradient},
    {"gatherTableRows", gatherTableRows},
    {"inputGradient", inputGradient},
    {"lambDirection", lambDirection},
    {"limitColumns", limitColumns},
    {"mergeDirections", mergeDirections},
    {"momentumStep", momentumStep},
    {"moveElements", moveElements},
    {"multiply", multiply},
    {"nadamStep", nadamStep},
    {"normalizeBackward", normalizeBackward},
    {"normalizeForward", normalizeForward},
    {"padSequences", padSequences},
    {"poolBackward", poolBackward},
    {"poolForward", poolForward},
    {"recurrentBackward", recurrentBackward},
    {"recurrentForward", recurrentForward},
    {"reluGradient", reluGradient},
    {"rmsPropStep", rmsPropStep},
    {"scaleElements", scaleElements},
    {"scaleSequences", scaleSequences},
    {"splitDirections", splitDirections},
    {"sumSegments", sumSegments},
    {"sumSquares", sumSquares},
};

static const Need needs[] = {
    {"convolutionInputScratchBytes", 4, convolutionInputScratchBytes},
    {"convolutionKernelScratchBytes", 1, convolutionKernelScratchBytes},
    {"convolutionScratchBytes", 3, convolutionScratchBytes},
    {"inputGradientScratchBytes", 3, inputGradientScratchBytes},
    {"multiplyScratchBytes", 2, multiplyScratchBytes},
    {"recurrentGradientScratchBytes", 3, recurrentGradientScratchBytes},
    {"recurrentScratchBytes", 5, recurrentScratchBytes},
};

#define count(list) (sizeof(list) / sizeof *(list))
#define text(name) #name
#define textOf(name) text(name)

const KernelSet KERNEL_SET = {textOf(KERNEL_SET), kernels, count(kernels), needs, count(needs)};
