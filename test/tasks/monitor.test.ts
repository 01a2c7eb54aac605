import { describe, expect, it } from 'vitest';
import { openTask } from '../../src/tasks/open-task.js';

const answers = {
  outputs: Float32Array.from([0.9, 0.2, 0.6, 0.4]),
  targets: { values: Int32Array.from([1, 0, 0, 1]) },
};

describe('the figure that decides', () => {
  it('is the loss unless another is named', () => {
    for (const monitor of ['auto', 'loss', undefined]) {
      const { deciding } = openTask('classification', ['no', 'yes'], { monitor });
      expect(deciding).toEqual({ name: 'loss', title: 'loss', form: 'number', lessIsBetter: true });
    }
  });

  it('may be one that is reported anyway', () => {
    const task = openTask('classification', ['no', 'yes'], { monitor: 'accuracy' });
    expect(task.deciding.name).toBe('accuracy');
    expect(task.reported.map(({ name }) => name)).toEqual(['loss', 'accuracy']);
  });

  it('is measured and reported beside the others, with the direction that it has', () => {
    const task = openTask('classification', ['no', 'yes'], { monitor: 'brierScore' });
    expect(task.deciding).toMatchObject({ name: 'brierScore', lessIsBetter: true });
    expect(task.reported.map(({ name }) => name)).toEqual(['loss', 'accuracy', 'brierScore']);
    // (0.01 + 0.04 + 0.36 + 0.36) / 4
    expect(task.validate(answers).brierScore).toBeCloseTo(0.1925, 6);
    expect(openTask('classification', ['a', 'b', 'c'], { monitor: 'top2Accuracy' }).deciding).toEqual({
      name: 'top2Accuracy',
      title: 'top-2 accuracy',
      form: 'share',
    });
  });

  it('is left out of figures where it has no meaning', () => {
    const task = openTask('classification', ['no', 'yes'], { monitor: 'rocAuc' });
    const one = { outputs: Float32Array.from([0.9]), targets: { values: Int32Array.from([1]) } };
    expect(task.validate(answers).rocAuc).toBe(0.75);
    expect(Object.keys(task.validate(one))).toEqual(['loss', 'accuracy']);
  });

  it('is one of the task, also where texts have several labels', () => {
    expect(openTask('multiLabel', ['a', 'b'], { monitor: 'hammingLoss' }).deciding.lessIsBetter).toBe(true);
    expect(() => openTask('classification', ['no', 'yes'], { monitor: 'rocAUC' })).toThrow(
      'training.monitor is rocAUC, but the task classification has no such figure.',
    );
    expect(() => openTask('classification', ['no', 'yes'], { monitor: 'rocAUC' })).toThrow(
      expect.objectContaining({ hint: 'Did you mean rocAuc?' }),
    );
    expect(() => openTask('classification', ['no', 'yes'], { monitor: 'hammingLoss' })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('Name one of accuracy, f1, rocAuc, loss') }),
    );
  });
});
