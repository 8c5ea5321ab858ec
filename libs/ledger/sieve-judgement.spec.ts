import { afterEach, expect, it } from '@jest/globals';
import { saysTheSame } from '#libs/ledger/same-act';
import { builtIn, useReference } from '#libs/reference/reference';
import { sievesVersion } from '#libs/reference/sieves';
import { act, ledger, meta, newLedger } from '#test/support/correcting';
import { mct } from '#test/support/given';

afterEach(() => useReference(builtIn));

const content = { weight: mct(7_500), pieces: 300 };

async function begun(): Promise<void> {
  await newLedger();
  const day = { time: '2025-04-01', precision: 'day' };
  const lot = { mineId: 'ru-ebelyakh', from: day, to: day, content: { weight: mct(100_000) } };
  await act('parcel-lot', { type: 'RecoverLot', ...lot });
  await act('parcel-lot', { type: 'StartManufacturing', orderNo: '1' });
}

it('stays with the act that the table judged, and is told to no parcel that comes of it', async () => {
  await begun();
  await act('parcel-lot', { type: 'ProducePolishedParcel', content, sieve: '+6.5' });
  const made = (await ledger.store.read('parcel-lot')).at(-1);
  expect(made?.data).toMatchObject({ sieves: { data: sievesVersion() } });
  const [opened] = await ledger.store.read('parcel-lot.1');
  expect(opened?.data).toMatchObject({ sieve: '+6.5' });
  expect(opened?.data).not.toHaveProperty('sieves');
});

it('names the table that is in use, and a repeated act is the same under another', async () => {
  await begun();
  const command = {
    type: 'ProducePolishedParcel',
    content,
    sieve: '+6.5',
    meta: meta('alrosa'),
  } as const;
  const asked = { category: 'parcel', id: 'lot', command } as const;
  await ledger.execute(asked);
  const sieves = { ...builtIn['polished-sieves.json'], sha256: 'cd'.repeat(32) };
  useReference({ ...builtIn, 'polished-sieves.json': sieves });
  expect((await ledger.execute(asked)).replayed).toBe(true);
  await act('parcel-lot', { type: 'ProducePolishedParcel', content, sieve: '+6.5' });
  const acts = (await ledger.store.read('parcel-lot')).slice(2);
  expect(acts.map(({ data }) => (data as { sieves?: unknown }).sieves)).toEqual([
    { data: builtIn['polished-sieves.json'].sha256 },
    { data: sieves.sha256 },
  ]);
});

it('makes no other act of one that was recorded before tables were named', async () => {
  await begun();
  await act('parcel-lot', { type: 'ProducePolishedParcel', content, sieve: '+6.5' });
  const [recorded] = (await ledger.store.read('parcel-lot')).slice(-1);
  if (!recorded) throw new Error('nothing recorded');
  const { type, data, meta: said } = recorded;
  const { sieves: _, ...before } = data as Readonly<Record<string, unknown>>;
  expect(saysTheSame(recorded, { type, data: before, meta: said })).toBe(true);
  expect(saysTheSame(recorded, { type, data: { ...before, n: 2 }, meta: said })).toBe(false);
});
