// src/errors/user-error.ts
var UserError = class extends Error {
  /**
   * @param message what was got, what was expected, and where (file, line, key)
   * @param hint the next step, usually a command or a setting to change
   */
  constructor(message, hint2, options) {
    super(message, options);
    this.hint = hint2;
  }
  hint;
  name = "UserError";
};

// src/datasets/acl-imdb/open-acl-imdb.ts
import { join as join4 } from "node:path";

// src/datasets/acl-imdb/compact-split.ts
import { createHash } from "node:crypto";
import { readFile as readFile2, stat } from "node:fs/promises";
import { join as join2 } from "node:path";

// src/datasets/damaged-data-error.ts
var DamagedDataError = class extends UserError {
  constructor(message, { cause } = {}) {
    super(message, "Run imdb-rnn download (with the same --data-dir): it writes the data anew.", { cause });
  }
};

// src/datasets/file-error.ts
var meanings = {
  ENOSPC: [
    "the disk is full",
    "Free some space or choose another disk with --data-dir, then run the command again."
  ],
  EDQUOT: [
    "your disk quota is used up",
    "Free some space or choose another disk with --data-dir, then run the command again."
  ],
  EFBIG: ["the file system does not allow a file that large", "Choose another disk with --data-dir."],
  EACCES: ["permission denied", "Change the permissions, or choose a folder of yours with --data-dir."],
  EPERM: ["permission denied", "Change the permissions, or choose a folder of yours with --data-dir."],
  EROFS: ["the file system is read-only", "Choose another folder with --data-dir."],
  ENOTDIR: ["a part of the path is a file, a folder is expected", "Choose another folder with --data-dir."],
  EEXIST: ["something else is there already", "Move it away, or choose another folder with --data-dir."],
  EISDIR: ["it is a folder, a file is expected", "Move the folder away, or name a file."],
  ENOENT: ["it is not there", "Check the path."],
  EIO: ["the disk reports an input/output error", "Check the disk, or choose another one with --data-dir."]
};
function explainFileError(error, action) {
  const code = error?.code ?? "";
  const meaning = meanings[code];
  if (!meaning || error instanceof UserError) return error;
  return new UserError(`Cannot ${action}: ${meaning[0]} (${code}).`, meaning[1], { cause: error });
}
async function explainingFileErrors(action, work) {
  try {
    return await work();
  } catch (error) {
    throw explainFileError(error, action);
  }
}

// src/datasets/acl-imdb/compact-index.ts
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
var sha256 = z.string().regex(/^[0-9a-f]{64}$/);
var compactSplitSchema = z.object({
  /** Name of the file beside `index.json`. */
  file: z.string(),
  reviews: z.int(),
  /** Reviews by label; `unlabelled` in the unsupervised split. */
  labels: z.record(z.string(), z.int()),
  bytes: z.int(),
  sha256,
  /** The archive that the reviews came from. */
  archiveSha256: sha256
});
var indexSchema = z.object({
  format: z.literal("imdb-rnn compact reviews"),
  version: z.literal(1),
  splits: z.partialRecord(z.enum(["train", "test", "unsupervised"]), compactSplitSchema)
});
var indexPath = (folder) => join(folder, "index.json");
async function readCompactIndex(folder) {
  const path = indexPath(folder);
  const content2 = await explainingFileErrors(`read ${path}`, async () => {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(error.code ?? "")) return void 0;
      throw error;
    }
  });
  if (content2 === void 0) return {};
  const index = indexSchema.safeParse(parsed(content2));
  if (index.success) return index.data.splits;
  throw new DamagedDataError(`${path} is damaged, or another version of imdb-rnn wrote it.`);
}
function parsed(content2) {
  try {
    return JSON.parse(content2);
  } catch {
    return void 0;
  }
}

// src/datasets/acl-imdb/official-archive.ts
var officialCounts = {
  train: { neg: 12500, pos: 12500 },
  test: { neg: 12500, pos: 12500 },
  unsupervised: { unsup: 5e4 }
};
var reviewLabels = ["negative", "positive"];
var labelOfFolder = { neg: 0, pos: 1, unsup: -1 };
var folderOfSplit = {
  train: "train",
  test: "test",
  unsupervised: "train"
};

// src/datasets/acl-imdb/review-lines.ts
function parseReviewLines(content2, path) {
  const lines = content2.toString().split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => {
    const review = parsed2(line);
    if (typeof review?.text !== "string" || typeof review.label !== "number") {
      throw new DamagedDataError(
        `${path}, line ${index + 1}: expected a review such as {"id":0,"label":1,"rating":9,"text":"..."}, got ${line.slice(0, 60)}`
      );
    }
    return { text: review.text, label: review.label };
  });
}
function parsed2(line) {
  try {
    return JSON.parse(line);
  } catch {
    return void 0;
  }
}

// src/datasets/acl-imdb/compact-split.ts
async function openCompactSplit(name, folder) {
  const entry = (await readCompactIndex(folder))[name];
  if (!entry) return void 0;
  const path = join2(folder, entry.file);
  const bytes = await sizeOf(path);
  if (bytes !== entry.bytes) {
    throw new DamagedDataError(
      bytes === void 0 ? `${path} is gone, but ${join2(folder, "index.json")} lists it.` : `${path} is damaged: it has ${bytes} bytes, expected ${entry.bytes}.`
    );
  }
  return {
    name,
    labels: reviewLabels,
    count: entry.reviews,
    contentHash: entry.sha256,
    read: async () => parseReviewLines(await readVerified(path, entry), path)
  };
}
async function readVerified(path, { sha256: sha2562 }) {
  const content2 = await explainingFileErrors(`read ${path}`, () => readFile2(path));
  const found = createHash("sha256").update(content2).digest("hex");
  if (found === sha2562) return content2;
  throw new DamagedDataError(`${path} is damaged: its sha256 is ${found}, expected ${sha2562}.`);
}
async function sizeOf(path) {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error.code === "ENOENT") return void 0;
    throw error;
  }
}

// src/datasets/acl-imdb/tree-split.ts
import { createHash as createHash2 } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join as join3 } from "node:path";

// src/datasets/map-in-turns.ts
import { setImmediate as nextTurn } from "node:timers/promises";
var itemsPerTurn = 500;
async function mapInTurns(items, map) {
  const results = [];
  for (const item of items) {
    results.push(map(item));
    if (results.length % itemsPerTurn === 0) await nextTurn();
  }
  return results;
}

// src/datasets/acl-imdb/review.ts
var pattern = /^(?:(train|test)\/(neg|pos)|train\/unsup)\/(\d+)_(\d+)\.txt$/;
function parseReviewPath(path) {
  const match = pattern.exec(path);
  if (!match) return void 0;
  const [, split = "unsupervised", folder = "unsup", id, rating] = match;
  return {
    split,
    folder,
    id: Number(id),
    label: labelOfFolder[folder],
    rating: Number(rating)
  };
}
function compareReviews(a, b) {
  return a.label - b.label || a.id - b.id;
}

// src/datasets/acl-imdb/tree-split.ts
async function openTreeSplit(name, { folder, counts }) {
  const files = [];
  const problems = [];
  const expectedCounts = Object.entries(counts[name]);
  for (const [reviewFolder, expected] of expectedCounts) {
    const path = join3(folder, folderOfSplit[name], reviewFolder);
    const found = await listReviews(path, `${folderOfSplit[name]}/${reviewFolder}`);
    if (found?.length !== expected)
      problems.push(`${path} holds ${found?.length ?? "no"} reviews of ${expected}`);
    files.push(...found ?? []);
  }
  if (files.length === 0) return void 0;
  if (problems.length > 0) throw incompleteTree(problems.join("; "));
  files.sort(compareReviews);
  return {
    name,
    labels: reviewLabels,
    count: files.length,
    contentHash: await hashOfFiles(files),
    read: () => explainingFileErrors(
      `read ${folder}`,
      () => mapInTurns(files, ({ path, label }) => ({ text: readFileSync(path, "utf8"), label }))
    )
  };
}
async function listReviews(path, pathInTree) {
  const names = await explainingFileErrors(`read ${path}`, async () => {
    try {
      return await readdir(path);
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(error.code ?? "")) return void 0;
      throw error;
    }
  });
  return names?.flatMap((fileName) => {
    const review = parseReviewPath(`${pathInTree}/${fileName}`);
    return review ? [{ ...review, path: join3(path, fileName) }] : [];
  });
}
async function hashOfFiles(files) {
  const facts = await mapInTurns(files, ({ path }) => statSync(path));
  const hash = createHash2("sha256");
  files.forEach(({ split, folder, id, rating, path }, index) => {
    const { size, mtimeMs } = facts[index];
    if (size === 0) throw incompleteTree(`${path} is empty`);
    hash.update(`${split}/${folder}/${id}_${rating} ${size} ${mtimeMs}
`);
  });
  return hash.digest("hex");
}
function incompleteTree(problem) {
  return new UserError(
    `The folder of reviews is not complete: ${problem}.`,
    "Run imdb-rnn download (with the same --data-dir), or unpack the whole archive there."
  );
}

// src/datasets/acl-imdb/open-acl-imdb.ts
function aclImdbFolder(dataDir) {
  return join4(dataDir, "aclImdb");
}
async function findAclImdbSplit(name, { dataDir, counts = officialCounts }) {
  const folder = aclImdbFolder(dataDir);
  return await openCompactSplit(name, folder) ?? await openTreeSplit(name, { folder, counts });
}
async function openAclImdbSplit(name, options) {
  const split = await findAclImdbSplit(name, options);
  if (split) return split;
  const flags = name === "unsupervised" ? " --unsupervised" : "";
  throw new UserError(
    `The ${name} split of the data set acl-imdb is not in ${aclImdbFolder(options.dataDir)}.`,
    `Run imdb-rnn download${flags}${options.dataDir === "data" ? "" : ` --data-dir ${options.dataDir}`}`
  );
}

// src/datasets/sample.ts
import { createHash as createHash3 } from "node:crypto";
import { readFile as readFile3 } from "node:fs/promises";

// src/files/package-root.ts
import { existsSync } from "node:fs";
import { dirname, join as join5 } from "node:path";
import { fileURLToPath } from "node:url";
function packageFile(...segments) {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join5(folder, "package.json"))) folder = dirname(folder);
  return join5(folder, ...segments);
}

// src/datasets/sample.ts
async function openSampleSplit(name) {
  if (name === "unsupervised") {
    throw new UserError(
      "The sample has no unsupervised split, only train and test.",
      "Use the data set acl-imdb: run imdb-rnn download --unsupervised."
    );
  }
  const path = packageFile("data", "sample", `${name}.jsonl`);
  const content2 = await explainingFileErrors(`read ${path}`, () => readFile3(path));
  const examples2 = parseReviewLines(content2, path);
  return {
    name,
    labels: reviewLabels,
    count: examples2.length,
    contentHash: createHash3("sha256").update(content2).digest("hex"),
    read: async () => examples2
  };
}

// src/datasets/open-split.ts
var openers = {
  "acl-imdb": openAclImdbSplit,
  sample: openSampleSplit,
  "keras-imdb": () => Promise.reject(new UserError("keras-imdb cannot be read yet", "Use acl-imdb."))
};
function openSplit(name, options) {
  const open = openers[options.dataset.name];
  return open(name, options);
}

// src/text/growing-integers.ts
var GrowingIntegers = class {
  #values = new Int32Array(1024);
  #length = 0;
  get length() {
    return this.#length;
  }
  push(value) {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }
  /** A copy of exactly what was pushed. */
  toArray() {
    return this.#values.slice(0, this.#length);
  }
};

// src/text/truncate.ts
function truncate(text2, { maxLength, lengthUnit }) {
  if (lengthUnit === "tokens") return text2;
  const inBytes = lengthUnit === "bytes";
  if (text2.length * (inBytes ? 3 : 1) <= maxLength) return text2;
  let length = 0;
  let position = 0;
  while (position < text2.length && length < maxLength) {
    const codePoint = text2.codePointAt(position);
    length += inBytes ? utf8Bytes(codePoint) : 1;
    if (length > maxLength) return `${text2.slice(0, position)} `;
    position += codePoint > 65535 ? 2 : 1;
  }
  return text2.slice(0, position);
}
function utf8Bytes(codePoint) {
  if (codePoint < 128) return 1;
  if (codePoint < 2048) return 2;
  return codePoint < 65536 ? 3 : 4;
}

// src/text/clean-text.ts
var lineBreakTag = /<br[\t\n\f\r ]*\/?>/g;
function withoutTags(text2) {
  return text2.replace(lineBreakTag, " ");
}

// src/text/tokenize.ts
function tokenize(text2, config) {
  const read = truncate(text2, config);
  const tokens = tokenizers[config.tokenizer](config.lowercase ? read.toLowerCase() : read);
  const { lengthUnit, maxLength, keep } = config;
  if (lengthUnit !== "tokens" || tokens.length <= maxLength) return tokens;
  return keep === "start" ? tokens.slice(0, maxLength) : tokens.slice(-maxLength);
}
var tokenizers = {
  letters: (text2) => withoutTags(text2).match(letters) ?? [],
  punctuation: (text2) => withoutTags(text2.toWellFormed()).match(wordOrMark) ?? [],
  keras: (text2) => text2.toWellFormed().replace(kerasFilters, " ").match(notSpace) ?? []
};
var letters = /[A-Za-z']+/g;
var wordOrMark = /[\p{L}\p{M}\p{N}']+|[^\s]/gu;
var kerasFilters = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n]/g;
var notSpace = /\S+/g;

// src/text/intern-tokens.ts
function internTokens(reviews, text2) {
  const placeOf = /* @__PURE__ */ new Map();
  const ids = new GrowingIntegers();
  const offsets = new Int32Array(reviews.length + 1);
  reviews.forEach((review, index) => {
    for (const token of tokenize(review, text2)) {
      let place = placeOf.get(token);
      if (place === void 0) {
        place = placeOf.size;
        placeOf.set(token, place);
      }
      ids.push(place);
    }
    offsets[index + 1] = ids.length;
  });
  return { tokens: [...placeOf.keys()], places: { ids: ids.toArray(), offsets } };
}

// src/text/ngram-hash.ts
var tokenStartA = 2166136261 | 0;
var tokenStartB = 625341585;
var addUnitA = (hash, unit) => Math.imul(hash ^ unit, 16777619);
function addUnitB(hash, unit) {
  const mixed = Math.imul(hash ^ unit, 1540483477);
  return mixed ^ mixed >>> 13;
}
var joinA = (before, token) => Math.imul(before, 116049371) + token | 0;
function joinB(before, token) {
  const mixed = Math.imul(before, 2654435761) + token | 0;
  return mixed ^ mixed >>> 15;
}
function tokenHashA(token) {
  let hash = tokenStartA;
  for (let unit = 0; unit < token.length; unit++) hash = addUnitA(hash, token.charCodeAt(unit));
  return hash;
}
function tokenHashB(token) {
  let hash = tokenStartB;
  for (let unit = 0; unit < token.length; unit++) hash = addUnitB(hash, token.charCodeAt(unit));
  return hash;
}
function bucketOf(hash, buckets) {
  let mixed = hash ^ hash >>> 16;
  mixed = Math.imul(mixed, 2246822507);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 3266489909);
  mixed ^= mixed >>> 16;
  return (mixed >>> 0) % buckets;
}

// src/text/ngrams-of.ts
function ngramsOf(tokens, longest) {
  const features = [...tokens];
  for (let size = 2; size <= longest; size++) {
    for (let start = 0; start + size <= tokens.length; start++) {
      features.push(tokens.slice(start, start + size).join(" "));
    }
  }
  return features;
}
function ngramCount(tokens, longest) {
  let count = 0;
  for (let size = 1; size <= longest; size++) count += Math.max(0, tokens - size + 1);
  return count;
}

// src/text/hashed-ngram-vocabulary.ts
var HashedNgramVocabulary = class {
  #words;
  #ngrams;
  #buckets;
  constructor(words, { ngrams, ngramBuckets }) {
    this.#words = words;
    this.#ngrams = ngrams;
    this.#buckets = ngramBuckets;
  }
  get knownSize() {
    return this.#words.knownSize;
  }
  get oovBuckets() {
    return this.#words.oovBuckets;
  }
  get idCount() {
    return this.#words.idCount + this.#buckets;
  }
  isOov(id) {
    return id < this.#words.idCount && this.#words.isOov(id);
  }
  token(id) {
    return this.#words.token(id);
  }
  id(feature) {
    const [first, ...rest] = feature.split(" ").map(tokenHashA);
    if (rest.length === 0) return this.#words.id(feature);
    return this.#words.idCount + bucketOf(rest.reduce(joinA, first), this.#buckets);
  }
  features(review, text2) {
    return ngramsOf(tokenize(review, text2), this.#ngrams);
  }
  encode(reviews, text2) {
    return this.encodeInterned(internTokens(reviews, text2));
  }
  /** {@link encode} for reviews that are tokens already. */
  encodeInterned({ tokens, places }) {
    const idOf = Int32Array.from(tokens, (token) => this.#words.id(token));
    const hashOf = Int32Array.from(tokens, tokenHashA);
    const firstBucket = this.#words.idCount;
    const offsets = new Int32Array(places.offsets.length);
    for (let review = 1; review < offsets.length; review++) {
      const length = places.offsets[review] - places.offsets[review - 1];
      offsets[review] = offsets[review - 1] + ngramCount(length, this.#ngrams);
    }
    const ids = new Int32Array(offsets[offsets.length - 1]);
    for (let review = 0; review + 1 < offsets.length; review++) {
      const read = places.ids.subarray(places.offsets[review], places.offsets[review + 1]);
      const hashes = read.map((place) => hashOf[place]);
      let end = offsets[review];
      for (const place of read) ids[end++] = idOf[place];
      for (let size = 2; size <= this.#ngrams; size++) {
        for (let start = 0; start + size <= read.length; start++) {
          hashes[start] = joinA(hashes[start], hashOf[read[start + size - 1]]);
          ids[end++] = firstBucket + bucketOf(hashes[start], this.#buckets);
        }
      }
    }
    return { ids, offsets };
  }
  serialize() {
    return this.#words.serialize();
  }
};

// src/text/most-frequent.ts
function mostFrequent(counts, limit) {
  const ascending = Int32Array.from(counts.values()).sort();
  const least = ascending[Math.max(0, ascending.length - limit)];
  return [...counts].filter(([, count]) => count >= least).sort(([token, count], [otherToken, otherCount]) => otherCount - count || (token < otherToken ? -1 : 1)).slice(0, limit);
}

// src/text/ngram-table.ts
var NgramTable = class {
  constructor(tokenCount) {
    this.tokenCount = tokenCount;
  }
  tokenCount;
  /** Slots of three integers: prefix node, last token, node; node 0 marks an empty slot (0 is a token, never in here). */
  #slots = new Int32Array(3 << initialBits);
  #bits = initialBits;
  #prefixes = new Int32Array(1 << initialBits);
  #lasts = new Int32Array(1 << initialBits);
  #counts = new Int32Array(1 << initialBits);
  #size = 0;
  /** All nodes, the tokens included. */
  get nodeCount() {
    return this.tokenCount + this.#size;
  }
  /** Counts a run once more. @returns its node */
  count(prefix, last) {
    const slots = this.#slots;
    const mask = slots.length / 3 - 1;
    let slot = slotOf(prefix, last, this.#bits);
    for (; slots[3 * slot + 2] !== 0; slot = slot + 1 & mask) {
      if (slots[3 * slot] !== prefix || slots[3 * slot + 1] !== last) continue;
      const node2 = slots[3 * slot + 2];
      this.#counts[node2 - this.tokenCount]++;
      return node2;
    }
    const node = this.tokenCount + this.#size;
    slots[3 * slot] = prefix;
    slots[3 * slot + 1] = last;
    slots[3 * slot + 2] = node;
    this.#append(prefix, last);
    return node;
  }
  /** `[nodeCount - tokenCount]` each: node `tokenCount + i` is the run `prefixes[i]` and then the token `lasts[i]`. */
  runs() {
    const cut = (array) => array.subarray(0, this.#size);
    return { prefixes: cut(this.#prefixes), lasts: cut(this.#lasts), counts: cut(this.#counts) };
  }
  #append(prefix, last) {
    if (this.#size === this.#counts.length) this.#growRuns();
    this.#prefixes[this.#size] = prefix;
    this.#lasts[this.#size] = last;
    this.#counts[this.#size] = 1;
    this.#size++;
    if (4 * this.#size > 3 << this.#bits) this.#growSlots();
  }
  #growRuns() {
    const doubled = (array) => {
      const larger = new Int32Array(2 * array.length);
      larger.set(array);
      return larger;
    };
    this.#prefixes = doubled(this.#prefixes);
    this.#lasts = doubled(this.#lasts);
    this.#counts = doubled(this.#counts);
  }
  #growSlots() {
    this.#bits++;
    const slots = new Int32Array(3 * 2 ** this.#bits);
    const mask = slots.length / 3 - 1;
    for (let run = 0; run < this.#size; run++) {
      let slot = slotOf(this.#prefixes[run], this.#lasts[run], this.#bits);
      while (slots[3 * slot + 2] !== 0) slot = slot + 1 & mask;
      slots[3 * slot] = this.#prefixes[run];
      slots[3 * slot + 1] = this.#lasts[run];
      slots[3 * slot + 2] = this.tokenCount + run;
    }
    this.#slots = slots;
  }
};
var initialBits = 10;
function slotOf(prefix, last, bits) {
  const mixed = Math.imul(prefix, 2654435761) ^ Math.imul(last, 2246822507);
  return Math.imul(mixed ^ mixed >>> 15, 739982445) >>> 32 - bits;
}

// src/text/count-ngrams.ts
function countNgrams({ ids, offsets }, { tokenCount, longest }) {
  const table = new NgramTable(tokenCount);
  const tokenCounts = new Int32Array(tokenCount);
  const nodeOffsets = new Int32Array(offsets.length);
  for (let review = 1; review < offsets.length; review++) {
    const length = offsets[review] - offsets[review - 1];
    nodeOffsets[review] = nodeOffsets[review - 1] + ngramCount(length, longest);
  }
  const nodes = new Int32Array(nodeOffsets[nodeOffsets.length - 1]);
  for (let review = 0; review + 1 < offsets.length; review++) {
    const [first, end] = [offsets[review], offsets[review + 1]];
    let node = nodeOffsets[review];
    for (let place = first; place < end; place++) {
      nodes[node++] = ids[place];
      tokenCounts[ids[place]]++;
    }
    for (let size = 2; size <= longest; size++) {
      const back = end - first - size + 2;
      for (let last = first + size - 1; last < end; last++) {
        nodes[node] = table.count(nodes[node - back], ids[last]);
        node++;
      }
    }
  }
  const runs = table.runs();
  const numbers = Int32Array.from({ length: tokenCount }, (_, token) => token);
  return {
    tokenCount,
    counts: joined(tokenCounts, runs.counts),
    prefixes: joined(numbers, runs.prefixes),
    lasts: joined(numbers, runs.lasts),
    nodes: { ids: nodes, offsets: nodeOffsets }
  };
}
function joined(first, second) {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

// src/text/fingerprint64.ts
var k0 = 0xc3a5c85c97cb3127n;
var k1 = 0xb492b66fbe98f273n;
var k2 = 0x9ae16a3b2f90404fn;
var wrap = (value) => BigInt.asUintN(64, value);
var rotate = (value, bits) => wrap(value >> bits | value << 64n - bits);
var shiftMix = (value) => value ^ value >> 47n;
var encoder = new TextEncoder();
var shortToken = new Uint8Array(256);
var shortView = new DataView(shortToken.buffer);
function fingerprint64(token) {
  if (token.length * 3 <= shortToken.length) {
    return fingerprintOfBytes(shortView, encoder.encodeInto(token, shortToken).written);
  }
  const bytes = encoder.encode(token);
  return fingerprintOfBytes(new DataView(bytes.buffer, bytes.byteOffset), bytes.length);
}
function fingerprintOfBytes(bytes, length) {
  if (length <= 16) return upTo16(bytes, length);
  if (length <= 32) return upTo32(bytes, length);
  if (length <= 64) return upTo64(bytes, length);
  return above64(bytes, length);
}
var word = (bytes, offset) => bytes.getBigUint64(offset, true);
function mixPair(first, second, multiplier) {
  const a = shiftMix(wrap((first ^ second) * multiplier));
  const b = shiftMix(wrap((second ^ a) * multiplier));
  return wrap(b * multiplier);
}
function upTo16(bytes, length) {
  const multiplier = wrap(k2 + BigInt(length * 2));
  if (length >= 8) {
    const a = wrap(word(bytes, 0) + k2);
    const b = word(bytes, length - 8);
    const c = wrap(rotate(b, 37n) * multiplier + a);
    const d = wrap((rotate(a, 25n) + b) * multiplier);
    return mixPair(c, d, multiplier);
  }
  if (length >= 4) {
    const first = BigInt(bytes.getUint32(0, true));
    const last = BigInt(bytes.getUint32(length - 4, true));
    return mixPair(BigInt(length) + (first << 3n), last, multiplier);
  }
  if (length === 0) return k2;
  const y = BigInt(bytes.getUint8(0) + (bytes.getUint8(length >> 1) << 8));
  const z2 = BigInt(length + (bytes.getUint8(length - 1) << 2));
  return wrap(shiftMix(wrap(y * k2) ^ wrap(z2 * k0)) * k2);
}
function upTo32(bytes, length) {
  const multiplier = wrap(k2 + BigInt(length * 2));
  const a = wrap(word(bytes, 0) * k1);
  const b = word(bytes, 8);
  const c = wrap(word(bytes, length - 8) * multiplier);
  const d = wrap(word(bytes, length - 16) * k2);
  const first = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  return mixPair(first, wrap(a + rotate(wrap(b + k2), 18n) + c), multiplier);
}
function upTo64(bytes, length) {
  const multiplier = wrap(k2 + BigInt(length * 2));
  const a = wrap(word(bytes, 0) * k2);
  const b = word(bytes, 8);
  const c = wrap(word(bytes, length - 8) * multiplier);
  const d = wrap(word(bytes, length - 16) * k2);
  const y = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  const z2 = mixPair(y, wrap(a + rotate(wrap(b + k2), 18n) + c), multiplier);
  const e = wrap(word(bytes, 16) * multiplier);
  const f = word(bytes, 24);
  const g = wrap((y + word(bytes, length - 32)) * multiplier);
  const h = wrap((z2 + word(bytes, length - 24)) * multiplier);
  const first = wrap(rotate(wrap(e + f), 43n) + rotate(g, 30n) + h);
  return mixPair(first, wrap(e + rotate(wrap(f + a), 18n) + g), multiplier);
}
function mix32(bytes, offset, [seedA, seedB]) {
  const a = wrap(seedA + word(bytes, offset));
  const z2 = word(bytes, offset + 24);
  const b = rotate(wrap(seedB + a + z2), 21n);
  const sum = wrap(a + word(bytes, offset + 8) + word(bytes, offset + 16));
  return [wrap(sum + z2), wrap(b + rotate(sum, 44n) + a)];
}
function above64(bytes, length) {
  let x = wrap(81n * k2 + word(bytes, 0));
  let y = wrap(81n * k1 + 113n);
  let z2 = wrap(shiftMix(wrap(y * k2 + 113n)) * k2);
  let v = [0n, 0n];
  let w = [0n, 0n];
  const mix64 = (offset, multiplier2, weight) => {
    x = wrap(rotate(wrap(x + y + v[0] + word(bytes, offset + 8)), 37n) * multiplier2);
    y = wrap(rotate(wrap(y + v[1] + word(bytes, offset + 48)), 42n) * multiplier2);
    x ^= wrap(w[1] * weight);
    y = wrap(y + v[0] * weight + word(bytes, offset + 40));
    z2 = wrap(rotate(wrap(z2 + w[0]), 33n) * multiplier2);
    v = mix32(bytes, offset, [wrap(v[1] * multiplier2), wrap(x + w[0])]);
    w = mix32(bytes, offset + 32, [wrap(z2 + w[1]), wrap(y + word(bytes, offset + 16))]);
    [z2, x] = [x, z2];
  };
  for (let offset = 0; offset < length - 64; offset += 64) mix64(offset, k1, 1n);
  const multiplier = wrap(k1 + ((z2 & 0xffn) << 1n));
  w[0] = wrap(w[0] + BigInt(length - 1 & 63));
  v[0] = wrap(v[0] + w[0]);
  w[0] = wrap(w[0] + v[0]);
  mix64(length - 64, multiplier, 9n);
  const first = wrap(mixPair(v[0], w[0], multiplier) + shiftMix(y) * k0 + z2);
  return mixPair(first, wrap(mixPair(v[1], w[1], multiplier) + x), multiplier);
}

// src/text/parse-lines.ts
function parseLines(fileContent, firstLines) {
  const tokens = fileContent.replace(/\r?\n$/, "").split(/\r?\n/);
  firstLines.forEach((expected, line) => {
    if (tokens[line] !== expected) throw lineError(line, `expected ${expected}, got "${tokens[line] ?? ""}"`);
  });
  const seen = /* @__PURE__ */ new Set();
  const wrong = tokens.findIndex((token) => token === "" || seen.size === seen.add(token).size);
  if (wrong >= 0) throw repeatedLine(wrong, tokens[wrong]);
  return tokens;
}
function repeatedLine(line, token) {
  const fault = token === "" ? "is empty" : `repeats "${token}"`;
  return new UserError(`vocabulary, line ${line + 1} ${fault}; expected one new token a line`, hint);
}
function lineError(line, fault) {
  return new UserError(`vocabulary, line ${line + 1}: ${fault}`, hint);
}
var hint = "The file was changed or damaged; take it from a whole run folder again.";

// src/text/vocabulary.ts
var paddingToken = "<pad>";
var unknownToken = "<unk>";

// src/text/ngram-index.ts
var lineFeed = 10;
var space = 32;
var NgramIndex = class {
  #content;
  /** `[lines + 1]` */
  #starts;
  /** Slots of three integers: id, first hash, second hash; id 0 marks an empty slot. */
  #slots;
  #bits;
  /**
   * @param content a line each, tokens separated by one space, the first line `<pad>`; ends with a line feed
   * @throws UserError when the first line is another one, or a line is empty or a repetition
   */
  constructor(content2) {
    this.#content = content2;
    this.#starts = lineStarts(content2);
    this.#bits = Math.max(4, Math.ceil(Math.log2(2 * this.size)));
    this.#slots = new Int32Array(3 * 2 ** this.#bits);
    if (this.line(0) !== paddingToken) throw lineError(0, `expected ${paddingToken}, got "${this.line(0)}"`);
    for (let id = 1; id < this.size; id++) this.#addLine(id);
  }
  /** Number of lines. */
  get size() {
    return this.#starts.length - 1;
  }
  get content() {
    return this.#content;
  }
  line(id) {
    if (id < 0 || id >= this.size) return void 0;
    return this.#content.slice(this.#starts[id], this.#starts[id + 1] - 1);
  }
  /** The id of a token or run by its hashes; 0 when it is in no line. */
  find(hashA, hashB) {
    return this.#slots[3 * this.#slotOf(hashA, hashB)];
  }
  #addLine(id) {
    const content2 = this.#content;
    const end = this.#starts[id + 1] - 1;
    if (end === this.#starts[id]) throw repeatedLine(id, "");
    let [runA, runB, a, b, tokens] = [0, 0, tokenStartA, tokenStartB, 0];
    for (let place = this.#starts[id]; place <= end; place++) {
      const unit = content2.charCodeAt(place);
      if (unit !== space && unit !== lineFeed) {
        a = addUnitA(a, unit);
        b = addUnitB(b, unit);
        continue;
      }
      runA = tokens === 0 ? a : joinA(runA, a);
      runB = tokens === 0 ? b : joinB(runB, b);
      tokens++;
      a = tokenStartA;
      b = tokenStartB;
    }
    const slot = 3 * this.#slotOf(runA, runB);
    if (this.#slots[slot] !== 0) throw repeatedLine(id, this.line(id));
    this.#slots[slot] = id;
    this.#slots[slot + 1] = runA;
    this.#slots[slot + 2] = runB;
  }
  /** The slot that holds these hashes, or the empty one where they belong. */
  #slotOf(hashA, hashB) {
    const slots = this.#slots;
    const mask = slots.length / 3 - 1;
    const mixed = Math.imul(hashA ^ hashB >>> 16, 2654435761);
    let slot = (mixed ^ mixed >>> 15) & mask;
    while (slots[3 * slot] !== 0 && (slots[3 * slot + 1] !== hashA || slots[3 * slot + 2] !== hashB)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
};
function lineStarts(content2) {
  let lines = 0;
  for (let end = content2.indexOf("\n"); end >= 0; end = content2.indexOf("\n", end + 1)) lines++;
  const starts = new Int32Array(lines + 1);
  let line = 0;
  for (let end = content2.indexOf("\n"); end >= 0; end = content2.indexOf("\n", end + 1)) {
    starts[++line] = end + 1;
  }
  return starts;
}

// src/text/ngram-vocabulary.ts
var NgramVocabulary = class _NgramVocabulary {
  constructor(index, ngrams, oovBuckets) {
    this.oovBuckets = oovBuckets;
    this.#index = index;
    this.#ngrams = ngrams;
  }
  oovBuckets;
  #index;
  #ngrams;
  /**
   * Reads what {@link serialize} wrote.
   *
   * @throws UserError when the first line is not `<pad>`, or a line is empty or a repetition
   */
  static parse(fileContent, { ngrams, oovBuckets }) {
    const lines = fileContent.includes("\r\n") ? fileContent.replaceAll("\r\n", "\n") : fileContent;
    return new _NgramVocabulary(
      new NgramIndex(lines.endsWith("\n") ? lines : `${lines}
`),
      ngrams,
      oovBuckets
    );
  }
  get knownSize() {
    return this.#index.size;
  }
  get idCount() {
    return this.knownSize + this.oovBuckets;
  }
  isOov(id) {
    return id >= this.knownSize;
  }
  token(id) {
    return this.#index.line(id);
  }
  id(feature) {
    const tokens = feature.split(" ");
    const a = tokens.map(tokenHashA).reduce(joinA);
    const b = tokens.map(tokenHashB).reduce(joinB);
    const id = this.#index.find(a, b);
    if (id > 0) return id;
    return tokens.length > 1 ? -1 : this.#unknownId(feature);
  }
  features(review, text2) {
    return ngramsOf(tokenize(review, text2), this.#ngrams);
  }
  encode(reviews, text2) {
    return this.encodeInterned(internTokens(reviews, text2));
  }
  /** {@link encode} for reviews that are tokens already. */
  encodeInterned({ tokens, places }) {
    const hashesA = Int32Array.from(tokens, tokenHashA);
    const hashesB = Int32Array.from(tokens, tokenHashB);
    const known = Int32Array.from(tokens, (_, place) => this.#index.find(hashesA[place], hashesB[place]));
    const idOf = known.map((id, place) => id > 0 ? id : this.#unknownId(tokens[place]));
    const ids = new GrowingIntegers();
    const offsets = new Int32Array(places.offsets.length);
    for (let review = 0; review + 1 < offsets.length; review++) {
      const read = places.ids.subarray(places.offsets[review], places.offsets[review + 1]);
      for (const place of read) if (idOf[place] >= 0) ids.push(idOf[place]);
      const runsA = read.map((place) => hashesA[place]);
      const runsB = read.map((place) => hashesB[place]);
      const found = read.map((place) => known[place]);
      for (let size = 2; size <= this.#ngrams; size++) {
        for (let start = 0; start + size <= read.length; start++) {
          if (found[start] === 0) continue;
          const last = read[start + size - 1];
          runsA[start] = joinA(runsA[start], hashesA[last]);
          runsB[start] = joinB(runsB[start], hashesB[last]);
          found[start] = known[last] === 0 ? 0 : this.#index.find(runsA[start], runsB[start]);
          if (found[start] > 0) ids.push(found[start]);
        }
      }
      offsets[review + 1] = ids.length;
    }
    return { ids: ids.toArray(), offsets };
  }
  serialize() {
    return this.#index.content;
  }
  #unknownId(token) {
    if (this.oovBuckets === 0) return -1;
    return this.knownSize + Number(fingerprint64(token) % BigInt(this.oovBuckets));
  }
};

// src/text/rank-ngrams.ts
function rankNgrams(counted, tokenOrder, { limit, minimumCount }) {
  const { counts, prefixes, lasts, tokenCount } = counted;
  const cut = cutOff(counts, { limit, minimumCount });
  const sizes = new Uint8Array(counts.length).fill(1, 0, tokenCount);
  for (let node = tokenCount; node < counts.length; node++) sizes[node] = sizes[prefixes[node]] + 1;
  const ranks = new Int32Array(counts.length);
  const keys = new Int32Array(counts.length);
  const chosen = [];
  let left = cut.equallyOften;
  for (let size = 1; ; size++) {
    const frequent = nodesWhere(counts.length, (node) => sizes[node] === size && counts[node] >= cut.count);
    if (frequent.length === 0) break;
    let order = frequent;
    if (size === 1) order = tokenOrder.filter((node) => counts[node] >= cut.count);
    else {
      for (const node of frequent) keys[node] = ranks[lasts[node]];
      order = sortedBy(order, keys, frequent);
      for (const node of frequent) keys[node] = ranks[prefixes[node]];
      order = sortedBy(order, keys, frequent);
      for (const node of frequent) keys[node] = cut.highest - counts[node];
      order = sortedBy(order, keys, frequent);
    }
    order.forEach((node, rank) => {
      ranks[node] = rank;
    });
    const above = order.findIndex((node) => counts[node] === cut.count);
    const kept = above < 0 ? order : order.subarray(0, above + left);
    left -= kept.length - (above < 0 ? kept.length : above);
    chosen.push(kept);
  }
  return concatenated(chosen);
}
function cutOff(counts, { limit, minimumCount }) {
  const highest = counts.reduce((most, count2) => Math.max(most, count2), 0);
  const withCount = new Int32Array(highest + 1);
  for (const count2 of counts) withCount[count2]++;
  let chosen = 0;
  let count = highest;
  for (; count >= minimumCount; count--) {
    if (chosen + withCount[count] > limit) return { count, equallyOften: limit - chosen, highest };
    chosen += withCount[count];
  }
  return { count: count + 1, equallyOften: counts.length, highest };
}
function nodesWhere(nodeCount, holds) {
  const nodes = new Int32Array(nodeCount);
  let found = 0;
  for (let node = 0; node < nodeCount; node++) if (holds(node)) nodes[found++] = node;
  return nodes.subarray(0, found);
}
function sortedBy(nodes, keys, ascending) {
  let highest = 0;
  for (const node of ascending) highest = Math.max(highest, keys[node]);
  const starts = new Int32Array(highest + 2);
  for (const node of ascending) starts[keys[node] + 1]++;
  for (let key = 1; key < starts.length; key++) starts[key] += starts[key - 1];
  const sorted = new Int32Array(nodes.length);
  for (const node of nodes) sorted[starts[keys[node]]++] = node;
  return sorted;
}
function concatenated(parts) {
  const all = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

// src/text/select-ngrams.ts
function selectNgrams({ tokens, places }, { ngrams, vocabularySize, minimumCount, oovBuckets }) {
  const counted = countNgrams(places, { tokenCount: tokens.length, longest: ngrams });
  const placeOf = new Map(tokens.map((token, place) => [token, place]));
  const tokenCounts = new Map(tokens.map((token, place) => [token, counted.counts[place]]));
  const tokenOrder = Int32Array.from(
    mostFrequent(tokenCounts, tokens.length),
    ([token]) => placeOf.get(token)
  );
  const chosen = rankNgrams(counted, tokenOrder, { limit: vocabularySize - 1, minimumCount });
  const { prefixes, lasts, tokenCount } = counted;
  const idOfNode = new Int32Array(counted.counts.length);
  const lines = [paddingToken];
  for (const node of chosen) {
    idOfNode[node] = lines.length;
    const last = tokens[lasts[node]];
    lines.push(node < tokenCount ? last : `${lines[idOfNode[prefixes[node]]]} ${last}`);
  }
  const vocabulary2 = NgramVocabulary.parse(`${lines.join("\n")}
`, { ngrams, oovBuckets });
  if (oovBuckets > 0) {
    for (let token = 0; token < tokenCount; token++) idOfNode[token] ||= vocabulary2.id(tokens[token]);
  }
  return { vocabulary: vocabulary2, encoded: knownOnly(counted.nodes, idOfNode) };
}
function knownOnly({ ids: nodes, offsets: nodeOffsets }, idOfNode) {
  const ids = new Int32Array(nodes.length);
  const offsets = new Int32Array(nodeOffsets.length);
  let end = 0;
  for (let review = 0; review + 1 < offsets.length; review++) {
    for (let place = nodeOffsets[review]; place < nodeOffsets[review + 1]; place++) {
      const id = idOfNode[nodes[place]];
      if (id > 0) ids[end++] = id;
    }
    offsets[review + 1] = end;
  }
  return { ids: ids.slice(0, end), offsets };
}

// src/text/word-vocabulary.ts
var WordVocabulary = class _WordVocabulary {
  constructor(tokens, oovBuckets) {
    this.oovBuckets = oovBuckets;
    this.#tokens = tokens;
    this.#ids = new Map(tokens.map((token, id) => [token, id]));
    this.#buckets = BigInt(oovBuckets);
  }
  oovBuckets;
  #tokens;
  #ids;
  #buckets;
  /**
   * The most frequent tokens after `<pad>` (and `<unk>`), up to `vocabularySize` in all; fewer where the text has fewer,
   * or fewer that occur `minimumCount` times. Tokens that occur equally often are put in the order of their letters'
   * codes, so that the order in which reviews are read, which differs between an archive and a folder, does not matter.
   */
  static fromCounts(counts, config) {
    const special = specialTokens(config.oovBuckets);
    const known = mostFrequent(counts, config.vocabularySize - special.length).filter(([, count]) => count >= config.minimumCount).map(([token]) => token);
    return new _WordVocabulary([...special, ...known], config.oovBuckets);
  }
  /**
   * Reads what {@link serialize} wrote.
   *
   * @throws UserError when the file does not begin with `<pad>` (and `<unk>`), or a line is empty or a repetition
   */
  static parse(fileContent, oovBuckets) {
    return new _WordVocabulary(parseLines(fileContent, specialTokens(oovBuckets)), oovBuckets);
  }
  get knownSize() {
    return this.#tokens.length;
  }
  get idCount() {
    return this.knownSize + this.oovBuckets;
  }
  id(token) {
    return this.#ids.get(token) ?? this.#unknownId(token);
  }
  isOov(id) {
    return this.oovBuckets > 0 ? id >= this.knownSize : id === unknownId;
  }
  token(id) {
    return this.#tokens[id];
  }
  features(review, text2) {
    return tokenize(review, text2);
  }
  encode(reviews, text2) {
    return this.encodeInterned(internTokens(reviews, text2));
  }
  /** {@link encode} for reviews that are tokens already. */
  encodeInterned({ tokens, places }) {
    const idOf = Int32Array.from(tokens, (token) => this.id(token));
    return { ...places, ids: places.ids.map((place) => idOf[place]) };
  }
  serialize() {
    return `${this.#tokens.join("\n")}
`;
  }
  #unknownId(token) {
    if (this.oovBuckets === 0) return unknownId;
    return this.knownSize + Number(fingerprint64(token) % this.#buckets);
  }
};
var unknownId = 1;
function specialTokens(oovBuckets) {
  return oovBuckets > 0 ? [paddingToken] : [paddingToken, unknownToken];
}

// src/batches/count-and-encode.ts
var mostCommonCount = 20;
function countAndEncode(examples2, text2) {
  const interned = internTokens(
    examples2.map((example) => example.text),
    text2
  );
  const { tokens, places } = interned;
  const occurrences = new Int32Array(tokens.length);
  for (const place of places.ids) occurrences[place]++;
  const counts = new Map(tokens.map((token, place) => [token, occurrences[place]]));
  const { vocabulary: vocabulary2, encoded: encoded2 } = makeVocabulary(interned, { counts, text: text2 });
  const statistics2 = {
    reviews: examples2.length,
    tokens: places.ids.length,
    distinctTokens: tokens.length + 1,
    mostCommon: mostFrequent(counts, mostCommonCount)
  };
  const labels = Int32Array.from(examples2, ({ label }) => label);
  return { vocabulary: vocabulary2, encoded: { ...encoded2, labels }, statistics: statistics2 };
}
function makeVocabulary(interned, { counts, text: text2 }) {
  if (text2.ngrams > 1 && text2.ngramBuckets === 0) return selectNgrams(interned, text2);
  const words = WordVocabulary.fromCounts(counts, text2);
  const vocabulary2 = text2.ngrams > 1 ? new HashedNgramVocabulary(words, text2) : words;
  return { vocabulary: vocabulary2, encoded: vocabulary2.encodeInterned(interned) };
}

// src/text/parse-vocabulary.ts
function parseVocabulary(fileContent, text2) {
  if (text2.ngrams > 1 && text2.ngramBuckets === 0) return NgramVocabulary.parse(fileContent, text2);
  const words = WordVocabulary.parse(fileContent, text2.oovBuckets);
  return text2.ngrams > 1 ? new HashedNgramVocabulary(words, text2) : words;
}

// ../../../tmp/dt/bench.ts
var base = { maxLength: 1e9, lengthUnit: "tokens", keep: "start", tokenizer: "letters", lowercase: true, vocabularySize: 2e6, minimumCount: 1, oovBuckets: 0, ngrams: 3, ngramBuckets: 0 };
var changes = JSON.parse(process.argv[2] ?? "{}");
var text = { ...base, ...changes };
var examples = await (await openSplit("train", { dataset: { name: "acl-imdb" }, dataDir: "/tmp/w/data" })).read();
var time = (what, work) => {
  const t2 = performance.now();
  const c = process.cpuUsage();
  const r = work();
  const d = process.cpuUsage(c);
  console.log(what, ((performance.now() - t2) / 1e3).toFixed(2), "cpu", ((d.user + d.system) / 1e6).toFixed(2), "s", (process.resourceUsage().maxRSS / 1024).toFixed(0), "MB");
  return r;
};
time("intern", () => internTokens(examples.map((e) => e.text), text));
var { vocabulary, encoded, statistics } = time("count", () => countAndEncode(examples, text));
console.log(vocabulary.knownSize, vocabulary.idCount, encoded.ids.length, statistics.tokens, statistics.distinctTokens);
var content = time("serialize", () => vocabulary.serialize());
console.log(content.length);
var again = time("parse", () => parseVocabulary(content, text));
var e2 = time("encode", () => again.encode(examples.map((e) => e.text), text));
console.log(Buffer.compare(Buffer.from(e2.ids.buffer), Buffer.from(encoded.ids.buffer.slice(encoded.ids.byteOffset, encoded.ids.byteOffset + encoded.ids.byteLength))), Buffer.compare(Buffer.from(e2.offsets.buffer), Buffer.from(encoded.offsets.buffer)));
var t = performance.now();
again.encode([examples[0].text], text);
console.log("one", performance.now() - t, "ms");
console.log(content.slice(0, 100), content.slice(-200));
