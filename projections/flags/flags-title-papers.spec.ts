import { describe, expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import type { Said } from '#test/support/acting';
import { dump, firstDifference } from '#test/support/dump';
import { mct } from '#test/support/given';
import { keptUp } from '#test/support/kept-up';

const today = '2025-12-31';
const sha256 = 'a'.repeat(64);
const hashed = { documents: [{ type: 'invoice', number: 'I-7', sha256 }] };
const open = {
  type: 'OpenHistory',
  form: 'polished',
  weight: mct(1_000),
  origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
  owner: 'kgk',
  basis: 'bought',
};
const sell = { type: 'TransferTitle', to: 'graff', basis: 'sale' };
const invoice = {
  type: 'IssueInvoice',
  invoiceNo: 'I-7',
  buyer: 'graff',
  market: 'trade',
  price: { minor: 100_000, currency: 'USD' },
  warranties: [{ version: 'WDC-2021', sowId: 'SOW-1' }],
};

/** A stone of KGK's; what is flagged of its title, kept up act by act as a fold of the whole finds it. */
async function world() {
  const { act, events } = await actingLedger({
    kgk: ['IN', 'dealer'],
    graff: ['GB', 'dealer'],
    bank: ['BE', 'dealer'],
    court: ['IN', 'authority'],
  });
  await act('stone-gem', 'kgk', open, hashed);
  return { act, found, kgk };

  function kgk(said: Said, around = {}) {
    return act('stone-gem', 'kgk', said, around);
  }

  async function found() {
    const all = await events();
    const views = await replay([flags], all, today);
    const kept = await dump(await keptUp([flags], all, today), [flags]);
    expect(firstDifference(kept, await dump(views, [flags]))).toBeUndefined();
    const raised = await flagsBy(views, { rule: 'title-without-paper' }, 9);
    return raised.map(({ finding, events: of }) => [
      finding,
      ...of.map(({ revision }) => revision),
    ]);
  }
}

describe('a link of the chain of title', () => {
  const none = 'title passed from kgk to graff by sale on no paper';
  const unheard = 'title passed from kgk to graff by sale on invoice I-7, which is not on record';

  it.each([
    ['on no paper', sell, {}, [[none, 1]]],
    ['on a paper without its hash', sell, { documents: [{ type: 'invoice' }] }, [[none, 1]]],
    ['on an invoice nobody recorded', { ...sell, invoiceNo: 'I-7' }, {}, [[unheard, 1]]],
    ['on a document with its hash', sell, hashed, []],
  ])('%s is flagged so: %j %j', async (_, said, around, flagged) => {
    const { kgk, found } = await world();
    await kgk(said, around);
    expect(await found()).toEqual(flagged);
  });

  it('rests on an invoice that was recorded on the goods for that buyer', async () => {
    const { kgk, found } = await world();
    await kgk(invoice);
    await kgk({ ...sell, invoiceNo: 'I-7' });
    expect(await found()).toEqual([]);
  });

  it('rests on no invoice to somebody else', async () => {
    const { kgk, found } = await world();
    await kgk({ ...invoice, buyer: 'bank' });
    await kgk({ ...sell, invoiceNo: 'I-7' });
    expect(await found()).toEqual([[unheard, 2]]);
  });

  it('is flagged no more once its number is corrected to that of the invoice, or that is annulled', async () => {
    const { act, kgk, found } = await world();
    const { revision } = await kgk(invoice);
    const sold = await kgk({ ...sell, invoiceNo: 'I-8' });
    expect(await found()).toHaveLength(1);
    const changes = [{ field: 'data.invoiceNo', to: 'I-7' }];
    const target = sold.revision;
    await kgk({ type: 'CorrectRecord', target, changes, reason: 'misread' }, hashed);
    expect(await found()).toEqual([]);
    const annul = { type: 'AnnulEvent', target: revision, reason: 'of another stone' };
    await act('stone-gem', 'court', annul, hashed);
    expect(await found()).toEqual([[unheard, 2]]);
  });

  it('is flagged when a share passes, goods are forfeited or a memo is sold off without one', async () => {
    const { act, kgk, found } = await world();
    await kgk({ type: 'TransferShare', to: 'bank', ppm: 1, basis: 'sale' });
    await act('stone-gem', 'court', { type: 'SeizeGoods', orderNo: 'O-1', reason: 'smuggled' });
    await act('stone-gem', 'court', { type: 'ForfeitGoods', orderNo: 'O-2', to: 'court' });
    const { type, warranties } = { ...invoice, type: 'IssueMemo' };
    await act('stone-ring', 'kgk', { ...open, weight: mct(990) }, hashed);
    const memo = { memoNo: 'M-1', consignee: 'graff', dueOn: '2025-05-01', warranties };
    await act('stone-ring', 'kgk', { type, ...memo });
    await act('stone-ring', 'graff', { type: 'AcceptCustody' });
    await act('stone-ring', 'kgk', { type: 'ConvertMemo' });
    expect((await found()).map(([said]) => said)).toEqual([
      none,
      'title passed from nobody alone to court by forfeiture on no paper',
      'title passed from kgk to bank by sale on no paper',
    ]);
  });
});
