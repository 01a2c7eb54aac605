import type { TrainingConfig } from '../config/schema.js';
import { countOf } from '../formats/numbers.js';
import type { LearningRateSchedule } from '../optimizers/learning-rate.js';

/** How the learning rate changes, in a few words; nothing where it stays. */
export function describeSchedule({ schedule }: Pick<TrainingConfig, 'schedule'>): string[] {
  if (schedule === 'auto') return [];
  const warmup = 'warmupSteps' in schedule ? schedule.warmupSteps : 0;
  const rising = warmup > 0 ? [`rises over ${countOf(warmup, 'step')}`] : [];
  const course = [...rising, ...courseOf(schedule)];
  return course.length > 0 ? [`the learning rate ${course.join(', then ')}`] : [];
}

function courseOf(schedule: LearningRateSchedule): string[] {
  switch (schedule.name) {
    case 'constant':
      return [];
    case 'linear':
      return [`falls evenly to ${schedule.final} of it`];
    case 'cosine':
      return [`falls along half a cosine to ${schedule.final} of it`];
    case 'oneCycle':
      return ['rises and falls in one cycle'];
    case 'exponential':
      return [`is multiplied by ${schedule.decay} over each epoch`];
    case 'reduceOnPlateau':
      return [`is multiplied by ${schedule.factor} where validation does not get better`];
  }
}
