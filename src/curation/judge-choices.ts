export const judgeChoices = ['both', 'run'] as const;

/** Who judges examples. `run`: models of the run's config; `both`: those, and a bag of words beside them. */
export type JudgeChoice = (typeof judgeChoices)[number];
