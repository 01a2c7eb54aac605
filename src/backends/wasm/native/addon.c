// The door to Node.js. `contract` is what this was built for, see native-contract.ts; `sets` names the sets of
// instructions that can be used here, the fastest first; `open(memory, set)` gives { kernels, needs, run, bytes } over the
// WebAssembly memory of which `memory` is a Uint8Array: `run(number of the kernel, thread, threads, address of its
// operands)`, `bytes(number of the need, ...sizes)`.
#include <node_api.h>
#include <stdlib.h>
#include "processor.h"

typedef struct {
  char *memory;
  const KernelSet *set;
} Opened;

static napi_value fail(napi_env env, const char *message) {
  napi_throw_error(env, NULL, message);
  return NULL;
}

static napi_value run(napi_env env, napi_callback_info info) {
  size_t given = 4;
  napi_value values[4];
  Opened *opened;
  uint32_t kernel, operands;
  int32_t thread, threads;
  if (napi_get_cb_info(env, info, &given, values, NULL, (void **)&opened) != napi_ok || given != 4 ||
      napi_get_value_uint32(env, values[0], &kernel) != napi_ok ||
      napi_get_value_int32(env, values[1], &thread) != napi_ok ||
      napi_get_value_int32(env, values[2], &threads) != napi_ok ||
      napi_get_value_uint32(env, values[3], &operands) != napi_ok || kernel >= opened->set->kernelCount) {
    return fail(env, "run takes the number of a kernel, a thread, the number of threads and an address");
  }
  opened->set->kernels[kernel].run(opened->memory, thread, threads, opened->memory + operands);
  return NULL;
}

static napi_value bytes(napi_env env, napi_callback_info info) {
  size_t given = 8;
  napi_value values[8], result;
  Opened *opened;
  uint32_t need;
  integer sizes[7];
  if (napi_get_cb_info(env, info, &given, values, NULL, (void **)&opened) != napi_ok || given < 1 ||
      napi_get_value_uint32(env, values[0], &need) != napi_ok || need >= opened->set->needCount ||
      given != (size_t)opened->set->needs[need].parameters + 1) {
    return fail(env, "bytes takes the number of a need and as many sizes as that has");
  }
  for (size_t i = 1; i < given; i++) {
    if (napi_get_value_int32(env, values[i], &sizes[i - 1]) != napi_ok) return fail(env, "A size is not a number");
  }
  napi_create_double(env, opened->set->needs[need].bytes(sizes), &result);
  return result;
}

static napi_value listOfNames(napi_env env, size_t count, const char *(*nameOf)(const KernelSet *, size_t),
                              const KernelSet *set) {
  napi_value list, name;
  napi_create_array_with_length(env, count, &list);
  for (size_t i = 0; i < count; i++) {
    napi_create_string_utf8(env, nameOf(set, i), NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, list, (uint32_t)i, name);
  }
  return list;
}

static const char *kernelName(const KernelSet *set, size_t i) { return set->kernels[i].name; }
static const char *needName(const KernelSet *set, size_t i) { return set->needs[i].name; }

static void release(napi_env env, void *opened, void *hint) {
  (void)env, (void)hint;
  free(opened);
}

/** Adds a function with data of its own, which lives as long as it does. */
static int addFunction(napi_env env, napi_value target, const char *name, napi_callback callback, Opened data) {
  napi_value function;
  Opened *opened = malloc(sizeof *opened);
  if (opened == NULL) return 0;
  *opened = data;
  if (napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, opened, &function) != napi_ok ||
      napi_add_finalizer(env, function, opened, release, NULL, NULL) != napi_ok) {
    free(opened);
    return 0;
  }
  return napi_set_named_property(env, target, name, function) == napi_ok;
}

static napi_value openMemory(napi_env env, napi_callback_info info) {
  size_t given = 2, length, nameLength;
  napi_value values[2], result;
  napi_typedarray_type type;
  void *memory;
  char name[16];
  const KernelSet *sets[2], *set = NULL;
  if (napi_get_cb_info(env, info, &given, values, NULL, NULL) != napi_ok || given != 2 ||
      napi_get_typedarray_info(env, values[0], &type, &length, &memory, NULL, NULL) != napi_ok ||
      napi_get_value_string_utf8(env, values[1], name, sizeof name, &nameLength) != napi_ok) {
    return fail(env, "open takes a Uint8Array over the memory and the name of a set of instructions");
  }
  for (size_t i = usableSets(sets); i-- > 0;) {
    if (strcmp(sets[i]->instructions, name) == 0) set = sets[i];
  }
  if (set == NULL) return fail(env, "This processor does not have that set of instructions");
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "kernels", listOfNames(env, set->kernelCount, kernelName, set));
  napi_set_named_property(env, result, "needs", listOfNames(env, set->needCount, needName, set));
  const Opened opened = {memory, set};
  if (!addFunction(env, result, "run", run, opened) || !addFunction(env, result, "bytes", bytes, opened)) {
    return fail(env, "The kernels cannot be handed to Node.js");
  }
  return result;
}

static const char *setName(const KernelSet *ignored, size_t i) {
  const KernelSet *sets[2];
  (void)ignored;
  usableSets(sets);
  return sets[i]->instructions;
}

NAPI_MODULE_INIT() {
  napi_value member;
  const KernelSet *sets[2];
  napi_create_string_utf8(env, CONTRACT, NAPI_AUTO_LENGTH, &member);
  napi_set_named_property(env, exports, "contract", member);
  napi_set_named_property(env, exports, "sets", listOfNames(env, usableSets(sets), setName, NULL));
  napi_create_function(env, "open", NAPI_AUTO_LENGTH, openMemory, NULL, &member);
  napi_set_named_property(env, exports, "open", member);
  return exports;
}
