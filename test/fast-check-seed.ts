import fc from 'fast-check';

// Property tests draw the same cases on every run, so that a failure on one machine is a failure on all. To look further
// than these cases: `IMDB_RNN_TEST_SEED=random npm run unit`, or a number to repeat what fast-check reports.
const chosen = process.env.IMDB_RNN_TEST_SEED ?? '1';
if (chosen !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(chosen) });
