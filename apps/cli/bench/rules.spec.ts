import { expect, it } from '@jest/globals';
import { benchRules } from '#apps/cli/bench/rules';
import { ruleBook } from '#libs/rulebook/rule-book';

it('judges as many goods as it was told to, in every jurisdiction, the same for a seed', async () => {
  const options = { runs: 2, goods: 220, verdicts: 440, stones: 200, seed: 'seven' };
  const [one, other] = [await benchRules(options), await benchRules(options)];
  const ids = ruleBook().jurisdictions.map(({ id }) => id);
  expect(one.arms.map(({ name }) => name)).toEqual([
    'all jurisdictions',
    ...ids,
    'stones in all jurisdictions after other words were adopted',
    'stones in all jurisdictions after other thresholds were adopted',
  ]);
  const done = ({ arms }: typeof one) =>
    arms.map(({ runs }) =>
      runs.map(({ events, extra }) => [events, extra?.['reasons'] ?? extra?.['kinds']]),
    );
  expect(done(one)).toEqual(done(other));
  expect(one.arms[0]?.runs.map(({ events }) => events)).toEqual([440, 440]);
  expect(one.goals).toHaveLength(2);
});
