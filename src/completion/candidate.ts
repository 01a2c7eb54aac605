/** What a shell offers, with a few words on it where there are any. */
export interface Candidate {
  readonly value: string;
  readonly description?: string;
}
