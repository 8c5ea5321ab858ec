import { expect, it } from '@jest/globals';
import { act, codeOf, correct, ledger, newLedger } from '#test/support/correcting';
import { mct } from '#test/support/given';

const month = { time: '2025-03', precision: 'month' };
const lot = {
  type: 'RecoverLot',
  mineId: 'ru-ebelyakh',
  from: month,
  to: month,
  content: { weight: mct(900_000) },
};

it.each([0, 1.5, 100_001])(
  'no plant sieves by %p thousandths of a millimetre',
  async (minSieveUm) => {
    await newLedger();
    expect(await codeOf(act('parcel-lot', { ...lot, minSieveUm }))).toBe('bad-count');
  },
);

it('a lot says by which sieve it was recovered, and the sieve is corrected', async () => {
  await newLedger();
  await act('parcel-lot', { ...lot, minSieveUm: 1_500 });
  const [recovered] = await ledger.store.read('parcel-lot');
  expect(recovered?.data).toMatchObject({ minSieveUm: 1_500 });
  expect(await codeOf(correct('parcel-lot', 0, 'data.minSieveUm', 0))).toBe('bad-count');
  expect(await codeOf(correct('parcel-lot', 0, 'data.minSieveUm', 1_200))).toBeUndefined();
});
