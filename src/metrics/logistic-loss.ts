/** ln(1 + e^-margin), where margin is the logit times the sign of the label: exact for margins of any size. */
export function logisticLoss(margin: number): number {
  return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
}
