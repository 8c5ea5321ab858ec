import { expect, it } from '@jest/globals';
import { evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';
import { faultsOf } from '#libs/rulebook/faults';
import { hsEntries } from '#libs/rulebook/hs';
import { withoutMeasures } from '#libs/rulebook/no-measures';
import { ruleBook } from '#libs/rulebook/rule-book';

it('countries whose measures are not known are UNDETERMINED for all goods, on all days', () => {
  expect(withoutMeasures.flatMap(faultsOf)).toEqual([]);
  const book = ruleBook().jurisdictions.map(({ id }) => id);
  for (const { id, silence } of withoutMeasures) {
    expect(book).not.toContain(id);
    for (const { code, material } of hsEntries) {
      const facts = { ...nothingElseKnown, hs: code, material: material ?? 'natural' };
      for (const day of ['2021-01-01', '2024-06-01', '2030-01-01']) {
        const { outcome, rule, factsMissing } = evaluate(facts, id, day, 'purchase');
        expect({ outcome, rule, factsMissing }).toEqual({
          outcome: 'UNDETERMINED',
          rule: silence.id,
          factsMissing: ['law'],
        });
      }
    }
  }
  const { rule } = evaluate(
    { ...nothingElseKnown, hs: '7113', material: 'natural' },
    'AE',
    '2024-06-01',
    'import',
  );
  expect(rule).toBe('NO_MEASURE_FOUND');
});
