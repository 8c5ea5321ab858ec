import { expect, it } from '@jest/globals';
import type { Weight } from '#events/values';
import { examineInvariants } from '#libs/laws/invariants';
import { mineOrigin } from '#libs/origin/origin';
import { act, codeOf, correct, ledger, newLedger } from '#test/support/correcting';
import { mct } from '#test/support/given';

const on = (tolMct: number, value: number): Weight => ({ ...mct(value), tolMct });
const at = { time: '2025-04-01', precision: 'day' };

async function lot(id: string, weight: Weight): Promise<void> {
  const content = { weight };
  const said = { mineId: 'ru-ebelyakh', from: at, to: at, content };
  await act(`parcel-${id}`, { type: 'RecoverLot', ...said });
}

const sort = (loss: number, ...weights: readonly Weight[]) => ({
  type: 'SortParcel',
  parts: weights.map((weight) => ({ content: { weight } })),
  loss: mct(loss),
});

async function broken(): Promise<readonly unknown[]> {
  const events = [];
  for await (const batch of ledger.store.readAll(0n)) events.push(...batch);
  return (await examineInvariants(ledger.store)).broken;
}

it('lets the sums differ by what the scales are said to err, in deciders and fsck alike', async () => {
  await newLedger();
  await lot('fine', on(1, 500_000));
  const fine = (loss: number) => sort(loss, on(1, 300_000), on(1, 199_000));
  expect(await codeOf(act('parcel-fine', fine(1_104)))).toBe('gained-weight');
  expect(await codeOf(act('parcel-fine', fine(896)))).toBe('unaccounted-weight');
  expect(await codeOf(act('parcel-fine', fine(1_103)))).toBeUndefined();
  await lot('coarse', on(2_000, 500_000));
  const coarse = (loss: number) => sort(loss, on(1_000, 300_000), on(1_000, 199_000));
  expect(await codeOf(act('parcel-coarse', coarse(5_101)))).toBe('gained-weight');
  expect(await codeOf(act('parcel-coarse', coarse(5_100)))).toBeUndefined();
  expect(await broken()).toEqual([]);
});

it('goes with the goods, into their parts and into a mix', async () => {
  await newLedger();
  await lot('one', on(1, 500_000));
  await lot('two', on(3, 100_000));
  await act('parcel-one', { type: 'MixParcel', parcelId: 'one', into: 'two' });
  const [, taken] = await ledger.store.read('parcel-two');
  expect(taken?.data).toMatchObject({ content: { weight: on(1, 500_000) } });
  const all = (loss: number) => sort(loss, on(0, 599_000));
  expect(await codeOf(act('parcel-two', all(1_124)))).toBe('gained-weight');
  expect(await codeOf(act('parcel-two', all(1_123)))).toBeUndefined();
  const [part] = await ledger.store.read('parcel-two.1');
  expect(part?.data).toMatchObject({ content: { weight: on(0, 599_000) } });
  expect(await broken()).toEqual([]);
});

it('lets a report differ by what the scale may err that the stone was weighed on', async () => {
  await newLedger();
  const origin = mineOrigin('RU', 'ru-ebelyakh', 'segregated');
  const bought = { form: 'polished', origin, owner: 'alrosa', basis: 'bought' };
  await act('stone-gem', { type: 'OpenHistory', ...bought, weight: on(10, 1_000) });
  const report = (value: number) =>
    act('stone-gem', { type: 'IssueReport', reportNo: 'R-1', weight: mct(value) });
  expect(await codeOf(report(1_025))).toBe('weight-differs');
  expect(await codeOf(report(1_024))).toBeUndefined();
  expect(await broken()).toEqual([]);
});

it('is corrected with the weight, and no scale is worse than a hundredth', async () => {
  await newLedger();
  await lot('lot', mct(500_000));
  expect(await codeOf(correct('parcel-lot', 0, 'data.content.weight', on(5_001, 500_000)))).toBe(
    'bad-weight',
  );
  expect(
    await codeOf(correct('parcel-lot', 0, 'data.content.weight', { ...mct(500_000), tolMct: 'x' })),
  ).toBe('bad-value');
  expect(
    await codeOf(correct('parcel-lot', 0, 'data.content.weight', on(1, 500_000))),
  ).toBeUndefined();
});
