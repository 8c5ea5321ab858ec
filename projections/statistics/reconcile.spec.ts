import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/store/store';
import { replay } from '#libs/views/replay';
import { reconciliation } from '#projections/statistics/reconcile';
import { statistics } from '#projections/statistics/statistics';
import { allFigures } from '#projections/statistics/totals';
import { actingLedger } from '#test/support/acting';
import { mct, over } from '#test/support/given';

async function closed(events: readonly RecordedEvent[], filed = events) {
  const books = reconciliation();
  for (const event of events) books.take(event);
  return books.close(await allFigures(await replay([statistics], filed, '2025-12-31')));
}

const same = (mct: number) => ({ least: mct, most: mct });

/** 100 ct lot, sorted in two with 1 ct lost; one stone of it cut to 4 ct with 6 ct lost. */
async function pipeline() {
  const { act, events } = await actingLedger({ alrosa: ['RU', 'producer'] });
  const on = { time: '2025-04', precision: 'month' };
  const lot = { mineId: 'ru-ebelyakh', from: on, to: on, content: { weight: mct(100_000) } };
  await act('parcel-lot', 'alrosa', { type: 'RecoverLot', ...lot });
  const parts = [{ content: { weight: mct(60_000) } }, { content: { weight: mct(39_000) } }];
  await act('parcel-lot', 'alrosa', { type: 'SortParcel', parts, loss: mct(1_000) });
  await act('parcel-lot.1', 'alrosa', { type: 'SingleOutStone', weight: mct(10_000) });
  await act('stone-lot.1~1', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
  await act('stone-lot.1~1', 'alrosa', { type: 'ProducePolished', weight: mct(4_000) });
  const dust = { type: 'RecordLoss', weight: mct(6_000), cause: 'polishing' };
  await act('stone-lot.1~1', 'alrosa', dust);
  await act('stone-lot.1~1', 'alrosa', { type: 'CloseManufacturing' });
  return events();
}

describe('the books', () => {
  it('close: in = out + stock + loss', async () => {
    expect(await closed(await pipeline())).toEqual({
      recovered: same(100_000),
      broughtIn: same(0),
      split: same(0),
      out: same(0),
      stock: same(93_000),
      loss: same(7_000),
      scales: expect.any(Number),
      goods: 5,
      differences: [],
    });
  });

  it('name the goods out of which more came than went in, and the parts that differ', async () => {
    const events = (await pipeline()).map((event) => {
      if (event.type !== 'StoneSingledOut') return event;
      return { ...event, data: { ...event.data, weight: mct(70_000) } };
    });
    const { differences } = await closed(events);
    expect(differences).toEqual([
      { of: 'ledger', what: 'books-do-not-close', mct: expect.any(Number) },
      { of: 'parcel-lot.1', what: 'more-out-than-in', mct: -10_000 },
      { of: 'parcel-lot.1', what: 'parts-differ', mct: 60_000 },
    ]);
  });

  it('name what is missing of goods that are over', async () => {
    const events = (await pipeline()).filter(({ type }) => type !== 'ManufacturingLossRecorded');
    const { differences } = await closed(events);
    expect(differences).toContainEqual({
      of: 'stone-lot.1~1',
      what: 'unaccounted',
      mct: 6_000,
    });
    expect(differences).toContainEqual(expect.objectContaining({ what: 'books-do-not-close' }));
  });

  it('name production that was filed otherwise', async () => {
    const events = await pipeline();
    const filed = events.filter(({ type }) => type !== 'ProductionLotRecovered');
    expect((await closed(events, filed)).differences).toEqual([
      { of: 'RU 2025-Q2', what: 'production-differs', mct: 100_000 },
    ]);
  });

  it('keep a bound a bound', async () => {
    const { act, events } = await actingLedger({ alrosa: ['RU', 'producer'] });
    const rough = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: over(200_000) };
    await act('stone-dawn', 'alrosa', rough);
    const books = await closed(await events());
    expect(books).toMatchObject({ recovered: { least: 200_001, most: null }, differences: [] });
  });
});
