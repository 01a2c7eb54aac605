/** File of a run folder with a line for each time that somebody saw how the run does on its test split. */
export const testLooksFile = 'test-looks.jsonl';
