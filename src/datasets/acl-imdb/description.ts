/** What the Large Movie Review Dataset is; its relatives begin with the same words. */
export const description =
  'Large Movie Review Dataset v1.0 (Maas et al., "Learning Word Vectors for Sentiment Analysis", ACL 2011): ' +
  'English film reviews of the Internet Movie Database, half of them positive (7 to 10 of 10 points), half negative (1 to 4).';
