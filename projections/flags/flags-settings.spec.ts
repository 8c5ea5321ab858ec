import { expect, it } from '@jest/globals';
import type { Weight } from '#events/values';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import { mct, over } from '#test/support/given';

const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
const bill = { documents: [{ type: 'invoice', number: 'I-1' }] };

/** A ring of 100 mg that stones are set in; answers what is flagged of it. */
async function setting(...weights: readonly Weight[]) {
  const { act, events } = await actingLedger({ graff: ['GB', 'jeweller', 'dealer'] });
  const ring = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 100 };
  await act('jewellery-ring', 'graff', { type: 'MakeItem', ...ring });
  for (const [n, weight] of weights.entries()) {
    const open = { type: 'OpenHistory', form: 'polished', weight, origin: unknown };
    await act(`stone-s${n}`, 'graff', { ...open, owner: 'graff', basis: 'bought' }, bill);
    await act(`stone-s${n}`, 'graff', { type: 'SetStone', item: 'ring' });
  }
  return { act, found };

  async function found() {
    const views = await replay([flags], await events(), '2025-12-31');
    return (await flagsBy(views, {}, 9)).map(({ rule, subject, events: shown, finding }) => {
      const of = shown.map(({ stream, revision }) => `${stream}#${revision}`);
      return { rule, subject, of, finding };
    });
  }
}

it('flags an article whose stones weigh more than it did when it was made, once', async () => {
  const { found } = await setting(mct(300), mct(300), mct(300));
  expect(await found()).toEqual([
    {
      rule: 'set-heavier-than-article',
      subject: 'jewellery-ring',
      of: ['jewellery-ring#0', 'jewellery-ring#2'],
      finding: 'at least 590 mct are set in what weighed 500 mct when it was made',
    },
  ]);
});

it.each([
  ['as heavy as the scales may err', [mct(505)]],
  ['of which less is certain', [{ ...mct(600), qualifier: 'lt' } as const]],
  ['lighter together', [mct(200), mct(200)]],
])('flags no article with stones %s', async (_, weights) => {
  expect(await (await setting(...weights)).found()).toEqual([]);
});

it('flags what is known to be over a weight by that weight', async () => {
  expect(await (await setting(over(506))).found()).toHaveLength(1);
});

it('counts a stone no more that was taken out again', async () => {
  const { act, found } = await setting(mct(400));
  await act('jewellery-ring', 'graff', { type: 'LetStoneGo', stone: 's0' });
  await act('stone-s0', 'graff', { type: 'SetStone', item: 'ring' });
  expect(await found()).toEqual([]);
});
