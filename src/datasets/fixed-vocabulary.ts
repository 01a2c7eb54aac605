/** How texts get the ids of a data set whose words have their ids already. */
export interface FixedVocabularySettings {
  /** How its texts were split, as `text.tokenizer` calls it. */
  readonly tokenizer: 'letters' | 'punctuation' | 'keras';
  /** Whether capital letters were made small first. */
  readonly lowercase: boolean;
  /** Whether each example begins with the id of `<sos>`. */
  readonly startsExamples: boolean;
  /** The id of all unknown words; null where they are left out. */
  readonly unknownId: number | null;
}
