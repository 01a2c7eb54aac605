import { describe, expect, it } from 'vitest';
import { reportPage } from '../../src/reporting/report-page.js';
import { textWidth } from '../../src/reporting/text-width.js';
import { openTask } from '../../src/tasks/open-task.js';
import { metrics, result, runOf } from './run-of.js';

const titles = (html: string) => [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
const textOf = (html: string) =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('report.html', () => {
  it('shows curves, epochs, test results and every setting', () => {
    const html = reportPage(runOf({ evaluation: { split: 'test', result } }));
    expect(titles(html)).toEqual([
      'Loss',
      'Accuracy',
      'Loss of the steps',
      'Epochs',
      'Results on the test split',
      'Labels, test split',
      'Confusion matrix, test split',
      'Settings',
    ]);
    const text = textOf(html);
    expect(text).toContain('75.0 % test accuracy');
    expect(text).toContain('79.0 % validation accuracy, epoch 1');
    expect(text).toContain('75.0 % (95 %: 74.5 % to 75.5 %)');
    expect(text).toContain(
      'Embedding 11,000 x 128 -&gt; GRU 128 -&gt; GRU 128 (reset before) -&gt; Dense 1 (sigmoid)',
    );
    expect(text).toContain('model.layers[1].resetAfter false');
    expect(text).toContain('truly negative 9,125 73.0 % 3,375 27.0 %');
    expect(text).toContain('2 0.3500 0.9000 88.0 % 71.0 % 22 s');
  });

  it('marks the kept epoch in the table and in the charts', () => {
    const html = reportPage(runOf());
    expect(html).toContain('<tr class="kept"><td>1</td>');
    expect(html.match(/class="mark"/g)).toHaveLength(2);
  });

  it('keeps figures such as "12 h 02 min" on one line, and gives them the room', () => {
    const html = reportPage(runOf());
    const style = (selector: string) => html.slice(html.indexOf(`${selector} {`)).split('}')[0];
    expect(style('.tile b')).toContain('white-space: nowrap');
    expect(style('td.number')).toContain('white-space: nowrap');
    const [, least] = /minmax\((\d+)px/.exec(style('.tiles')) ?? [];
    const [, padding] = /padding: \d+px (\d+)px/.exec(style('.tile')) ?? [];
    const [, size] = /font-size: (\d+)px/.exec(style('.tile b')) ?? [];
    // textWidth knows the regular letters; bold ones are a ninth wider.
    const width = textWidth('59 min 59 s', Number(size)) * (10 / 9);
    expect(width).toBeLessThan(Number(least) - Number(padding));
  });

  it('is complete in itself: no link, no script, nothing loaded', () => {
    const html = reportPage(runOf({ evaluation: { split: 'test', result } }));
    expect(html).not.toMatch(/https?:|<script|<link|<img|@import|url\(/);
  });

  it('has as many tags closed as opened', () => {
    const html = reportPage(runOf({ evaluation: { split: 'test', result } }));
    for (const tag of [
      'section',
      'div',
      'table',
      'tr',
      'td',
      'th',
      'svg',
      'text',
      'circle',
      'dl',
      'dd',
      'span',
    ]) {
      const opened = html.match(new RegExp(`<${tag}[\\s>]`, 'g'))?.length ?? 0;
      expect([tag, html.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0]).toEqual([tag, opened]);
    }
  });

  it('shows names from outside as text, never as markup', () => {
    const html = reportPage(
      runOf({ name: '<img src=x onerror="alert(1)">', task: openTask('classification', ['a', '<b>']) }),
    );
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  it('is made before the first epoch has ended, and without a validation split', () => {
    expect(titles(reportPage(runOf({ metrics: [] })))).toEqual(['Settings']);
    expect(titles(reportPage(runOf({ metrics: metrics.slice(0, 2) })))).toEqual([
      'Loss of the steps',
      'Settings',
    ]);
    const { validation: _validation, ...epoch } = metrics[2];
    const html = reportPage(runOf({ metrics: [epoch] }));
    expect(html).not.toMatch(/NaN|undefined|class="line validation"/);
    expect(textOf(html)).toContain('1 0.6500 - 62.0 % - 21 s');
  });

  it('smooths the loss of many steps, and shows that of few as it is', () => {
    const loss = (step: number) => 0.7 - step / 1000 + (step % 2) / 10;
    const html = (count: number) =>
      reportPage(
        runOf({
          metrics: Array.from({ length: count }, (_, step) => ({
            type: 'step',
            step: step + 1,
            loss: loss(step),
          })),
        }),
      );
    expect(html(20)).not.toMatch(/smoothed|class="line faint"/);
    expect(html(200)).toMatch(/smoothed.*class="line faint".*class="line training"/s);
  });

  it('draws each point where its numbers say', () => {
    const html = reportPage(runOf());
    const [lossChart] = html.match(/<svg.*?<\/svg>/s)!;
    const [training, validation] = [...lossChart.matchAll(/points="(.*?)"/g)].map(([, list]) =>
      list.split(' ').map((point) => point.split(',').map(Number)),
    );
    // y axis from 0.2 (y 256) to 1.0 (y 16); epochs 1 and 2 at x 66 and 534.
    expect(training).toEqual([
      [66, 121],
      [534, 211],
    ]);
    expect(validation).toEqual([
      [66, 166],
      [534, 46],
    ]);
  });
});
