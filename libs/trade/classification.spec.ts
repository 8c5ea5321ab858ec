import { describe, expect, it } from '@jest/globals';
import { actingLedger } from '#test/support/acting';

const weight = { mct: 2_000, qualifier: 'eq', basis: 'weighed' } as const;

async function rough() {
  const story = await actingLedger({
    karowe: ['BW', 'producer'],
    other: ['BE', 'dealer'],
    customs: ['BE', 'authority'],
  });
  const recovered = { type: 'RecoverRough', mineId: 'bw-karowe', weight };
  await story.act('stone-boart', 'karowe', recovered);
  return story;
}

describe('the heading of goods', () => {
  it('is stated by a holder or an authority, the latest counting for a shipment', async () => {
    const { act, refusal, events } = await rough();
    await act('stone-boart', 'karowe', { type: 'ClassifyGoods', hs: '710231' });
    await act('stone-boart', 'customs', { type: 'ClassifyGoods', hs: '710221' });
    const goods = (hs: string) => [{ stream: 'stone-boart', hs, mct: 2_000 }];
    const shipment = {
      type: 'CreateShipment',
      consignee: 'other',
      from: 'BW',
      to: 'BE',
      parcels: 1,
    };
    const asGem = { ...shipment, goods: goods('710231') };
    expect(await refusal('shipment-1', 'karowe', asGem)).toBe('hs-differs');
    await act('shipment-1', 'karowe', { ...shipment, goods: goods('710221') });
    const last = (await events()).findLast(({ type }) => type === 'GoodsClassified');
    expect(last).toMatchObject({ data: { hs: '710221' }, meta: { by: 'customs' } });
  });

  it('is none that such goods cannot be under, and not for others to state', async () => {
    const { refusal } = await rough();
    const under = (hs: string, by = 'karowe') =>
      refusal('stone-boart', by, { type: 'ClassifyGoods', hs });
    expect(await under('710239')).toBe('hs-differs');
    expect(await under('711319')).toBe('hs-differs');
    expect(await under('710221', 'other')).toBe('not-holder');
  });
});
