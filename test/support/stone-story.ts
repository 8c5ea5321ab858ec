import type { Weight } from '#events/values';
import { partId, stoneStream } from '#events/streams';
import { mineOrigin } from '#libs/origin/origin';
import { ledgerOf } from '#test/support/recorded';

/** A weight that was weighed and is exact. */
export const weighing = (mct: number): Weight => ({ mct, qualifier: 'eq', basis: 'weighed' });

export const dawn = stoneStream('dawn');
export const newSun = stoneStream(partId('dawn', 1));

/**
 * A rough of over 200 ct is recovered, named, handed to a cutter, cut for over two years, sold;
 * who bought it is not public.
 */
export function dawnStory() {
  const ledger = ledgerOf();
  const { record } = ledger;
  const place = { country: 'RU' };
  record(
    dawn,
    {
      type: 'RoughDiamondRecovered',
      data: {
        mineId: 'ru-ebelyakh',
        weight: { mct: 200_000, qualifier: 'gt', basis: 'reported' },
        colour: 'honey-golden',
      },
    },
    { on: '2022-08-01', place: { mineId: 'ru-ebelyakh' } },
  );
  record(
    dawn,
    { type: 'StoneNamed', data: { name: 'Dawn', language: 'en' } },
    { on: '2022-09-01' },
  );
  record(
    dawn,
    { type: 'StoneNamed', data: { name: 'Рассвёт', language: 'ru' } },
    { on: '2022-09-01' },
  );
  record(
    dawn,
    { type: 'CustodyReleased', data: { from: 'alrosa', to: 'cutters', purpose: 'cutting' } },
    { on: '2022-10-01', place },
  );
  record(
    dawn,
    { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'cutters' } },
    { on: '2022-10-02', by: 'cutters', place },
  );
  record(
    dawn,
    { type: 'ManufacturingStarted', data: { orderNo: 'ORDER 7-1', craftsmen: 15 } },
    { on: '2022-11-01', by: 'cutters', place },
  );
  record(
    dawn,
    {
      type: 'PolishedDiamondProduced',
      data: {
        n: 1,
        weight: { mct: 100_000, qualifier: 'gt', basis: 'reported' },
        colour: 'Vivid Yellow',
        name: 'New Sun',
      },
    },
    { at: { time: '2025-04', precision: 'month' }, by: 'cutters', place },
  );
  record(
    newSun,
    {
      type: 'StoneOpened',
      data: {
        parent: { stream: dawn, revision: 6 },
        cause: '00000000-0000-7000-8000-000000000007',
        form: 'polished',
        weight: { mct: 100_000, qualifier: 'gt', basis: 'reported' },
        custodian: 'cutters',
        owner: 'alrosa',
        origin: mineOrigin('RU', 'ru-ebelyakh', 'identity-preserved'),
        colour: 'Vivid Yellow',
        name: 'New Sun',
      },
    },
    { at: { time: '2025-04', precision: 'month' }, by: 'cutters', place },
  );
  record(
    dawn,
    { type: 'ManufacturingClosed', data: { orderNo: 'ORDER 7-1' } },
    { at: { time: '2025-04', precision: 'month' }, by: 'cutters', place },
  );
  record(
    newSun,
    {
      type: 'OfferedForSale',
      data: { channel: 'auction', lotNo: 'A-25/1' },
    },
    { on: '2025-05-01' },
  );
  record(
    newSun,
    {
      type: 'TitleTransferred',
      data: {
        from: 'alrosa',
        to: 'buyer',
        basis: 'sale',
        price: { minor: 123_45, currency: 'USD' },
        invoiceNo: 'INV-9',
      },
    },
    {
      on: '2025-05-02',
      documents: [{ type: 'invoice', number: 'INV-9' }, { type: 'illustrative' }],
    },
  );
  return ledger;
}
