import { beforeEach, describe, expect, it } from '@jest/globals';
import { effective } from '#libs/decider/effective';
import type { CorrectionCommand } from '#libs/correction/correction-command';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { Stone } from '#libs/stone/stone-state';
import {
  act,
  annul,
  codeOf,
  correct,
  ledger,
  meta,
  newLedger,
  reachedBy,
  recovered,
  recoveredLot,
  released,
  slip,
  state,
  typesOf,
  weightOf,
} from '#test/support/correcting';
import { mct } from '#test/support/given';

beforeEach(newLedger);

describe('a correction', () => {
  it('says how the event should have read, with what stood there, and the stone reads so', async () => {
    await recovered();
    await correct('stone-dawn', 0, 'data.weight', mct(210_000));
    expect((await ledger.store.read('stone-dawn'))[1]).toMatchObject({
      type: 'RecordCorrected',
      data: {
        target: { revision: 0 },
        changes: [{ field: 'data.weight', from: mct(200_000), to: mct(210_000) }],
        reason: 'misread',
        reached: 0,
      },
      meta: { documents: [slip] },
    });
    expect(await weightOf('stone-dawn')).toBe(210_000);
  });

  it('is of the party that stated the event, or of an officer', async () => {
    await recovered();
    const doing = (by: string, to: number) => correct('stone-dawn', 0, 'data.weight', mct(to), by);
    expect(await codeOf(doing('broker', 210_000))).toBe('not-your-act');
    expect(await codeOf(doing('office', 210_000))).toBeUndefined();
  });

  it.each([
    ['an entry that is not there', 9, 'data.weight', mct(1), 'unknown-entry'],
    ['a field others act by', 1, 'data.to', 'office', 'not-correctable'],
    ['a field that is none', 0, 'data.__proto__', 'x', 'not-correctable'],
    ['a value of another kind', 0, 'data.weight', 'heavy', 'bad-value'],
    ['a weight with more in it', 0, 'data.weight', { ...mct(5), extra: 1 }, 'bad-value'],
    ['a needed value taken away', 0, 'data.weight', null, 'bad-value'],
    ['what is recorded already', 0, 'data.weight', mct(200_000), 'nothing-changes'],
    ['what the event could not have said', 0, 'data.mineId', 'nowhere', 'unknown-mine'],
    ['a weight no stone has', 0, 'data.weight', mct(10_000_001), 'bad-weight'],
    [
      'a day after it was recorded',
      0,
      'at',
      { time: '2026-01-01', precision: 'day' },
      'in-the-future',
    ],
  ])('refuses %s', async (_, target, field, to, code) => {
    await recovered();
    await act('stone-dawn', released);
    expect(await codeOf(correct('stone-dawn', target, field, to))).toBe(code);
    expect(await typesOf('stone-dawn')).toHaveLength(2);
  });

  it('of when an act was is one of all that its command recorded, and keeps its place', async () => {
    await recovered();
    const on = (day: string) => ({ time: `2025-04-0${day}`, precision: 'day' });
    await correct('stone-dawn', 0, 'at', on('2'));
    const warranties = [{ version: 'WDC-2021', sowId: 'SOW-1' }];
    const memo = { memoNo: 'M-1', consignee: 'broker', dueOn: '2025-05-04', warranties };
    await act('stone-dawn', { type: 'IssueMemo', ...memo });
    const times = async () =>
      (effective(await ledger.store.read('stone-dawn')) ?? []).map(({ meta: { at } }) => at);
    expect(await typesOf('stone-dawn')).toContain('CustodyReleased');
    await correct('stone-dawn', 3, 'at', on('3'));
    expect(await times()).toEqual([on('2'), on('3'), on('3')]);
    await correct('stone-dawn', 2, 'at', on('4'));
    expect(await times()).toEqual([on('2'), on('4'), on('4')]);
    expect(await codeOf(correct('stone-dawn', 3, 'at', on('1')))).toBe('out-of-order');
    const last = (await ledger.store.read('stone-dawn')).length - 1;
    await annul('stone-dawn', last - 1);
    expect(await times()).toEqual([on('2'), on('3'), on('3')]);
  });

  it('names its evidence', async () => {
    await recovered();
    const changes = [{ field: 'data.weight', to: mct(1) }];
    const said = { type: 'CorrectRecord', target: 0, changes, reason: 'misread' };
    expect(await codeOf(act('stone-dawn', said))).toBe('document-needed');
  });

  it('refuses a field named twice and no field at all', async () => {
    await recovered();
    const change = { field: 'data.weight', to: mct(1) };
    const said = { type: 'CorrectRecord', target: 0, reason: 'misread' };
    const doing = (changes: readonly object[]) =>
      codeOf(act('stone-dawn', { ...said, changes }, 'alrosa', [slip]));
    expect(await doing([change, change])).toBe('bad-value');
    expect(await doing([])).toBe('nothing-changes');
  });

  it('is refused when a later act would have been, and names the first', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    await act('stone-dawn', { type: 'ProducePolished', weight: mct(150_000) });
    const doing = correct('stone-dawn', 0, 'data.weight', mct(100_000));
    await expect(doing).rejects.toMatchObject({
      code: 'later-act-falls',
      details: { stream: 'stone-dawn', revision: 2, code: 'gained-weight' },
    });
  });

  it('is refused when a later act let go of goods that would not have been there', async () => {
    await recovered();
    await act('stone-dawn', released);
    await act('stone-dawn', { type: 'AcceptCustody' }, 'broker');
    await act('stone-dawn', { type: 'TransferTitle', to: 'broker', basis: 'gift' });
    const warranties = [{ version: 'WDC-2021', sowId: 'SOW-1' }];
    const memo = { memoNo: 'M-1', consignee: 'alrosa', dueOn: '2025-05-04', warranties };
    await act('stone-dawn', { type: 'IssueMemo', ...memo }, 'broker');
    await expect(annul('stone-dawn', 2, 'office')).rejects.toMatchObject({
      code: 'later-act-falls',
      details: { stream: 'stone-dawn', revision: 4, code: 'not-custodian' },
    });
  });

  it('is refused when an act on what came of it would have been', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    const pieces = [{ weight: mct(120_000) }, { weight: mct(80_000) }];
    await act('stone-dawn', { type: 'SawRough', method: 'blade', pieces, loss: mct(0) });
    await act('stone-dawn.1', { type: 'ProducePolished', weight: mct(100_000) });
    const changes = [
      { field: 'data.pieces.0.weight', to: mct(90_000) },
      { field: 'data.loss', to: mct(30_000) },
    ];
    const said = { type: 'CorrectRecord', target: 2, changes, reason: 'misread' };
    await expect(act('stone-dawn', said, 'alrosa', [slip])).rejects.toMatchObject({
      code: 'later-act-falls',
      details: { stream: 'stone-dawn.1', revision: 1 },
    });
    expect(await typesOf('stone-dawn')).not.toContain('RecordCorrected');
  });

  it('reaches the pieces that were cut, and theirs', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    const pieces = [{ weight: mct(120_000) }, { weight: mct(80_000) }];
    await act('stone-dawn', { type: 'SawRough', method: 'blade', pieces, loss: mct(0) });
    await act('stone-dawn.1', { type: 'ProducePolished', weight: mct(50_000) });
    await correct('stone-dawn', 0, 'data.mineId', 'bw-jwaneng');
    for (const stream of ['stone-dawn', 'stone-dawn.1', 'stone-dawn.1.1', 'stone-dawn.2']) {
      const { origin } = await state<Stone>(stream);
      expect(origin.countries.map(({ country }) => country)).toEqual(['BW']);
    }
    expect(await reachedBy('stone-dawn')).toEqual([2, 0]);
    expect(await reachedBy('stone-dawn.1')).toEqual([1]);
    expect(await reachedBy('stone-dawn.2')).toEqual([0]);
  });

  it('reaches the parcel that another was mixed into, through what the mix itself said', async () => {
    await recoveredLot('one');
    await recoveredLot('two');
    await act('parcel-one', { type: 'MixParcel', parcelId: 'one', into: 'two' });
    await correct('parcel-one', 0, 'data.mineId', 'bw-jwaneng');
    expect(await typesOf('parcel-one')).toEqual([
      'ProductionLotRecovered',
      'ParcelMixed',
      'RecordCorrected',
      'RecordCorrected',
      'RecordCorrected',
    ]);
    const [mined, judged, mix] = (await ledger.store.read('parcel-one')).slice(2);
    expect(mined?.data).toMatchObject({ changes: [{ field: 'data.mineId' }] });
    expect(judged?.data).toMatchObject({ changes: [{ field: 'data.mine' }] });
    expect(mix?.data).toMatchObject({ changes: [{ field: 'data.origin' }], cause: mined?.meta.id });
    const { goods } = await state<Parcel>('parcel-two');
    expect(goods.origin.countries.map(({ country }) => country)).toEqual(['BW', 'RU']);
  });

  it('is carried on once, however often it is followed', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    await act('stone-dawn', { type: 'ProducePolished', weight: mct(50_000) });
    await correct('stone-dawn', 0, 'data.mineId', 'bw-jwaneng');
    await correct('stone-dawn', 0, 'data.mineId', 'ca-diavik');
    const end = await ledger.store.end();
    for (const event of await ledger.store.read('stone-dawn')) await ledger.follow(event);
    expect(await ledger.store.end()).toBe(end);
    const { origin } = await state<Stone>('stone-dawn.1');
    expect(origin.countries.map(({ country }) => country)).toEqual(['CA']);
  });

  it('is not corrected itself, and what follows from another stream is not either', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    await act('stone-dawn', { type: 'ProducePolished', weight: mct(50_000) });
    await correct('stone-dawn', 0, 'data.colour', 'yellow');
    expect(await codeOf(correct('stone-dawn', 3, 'data.reason', 'x'))).toBe('not-correctable');
    const opened = correct('stone-dawn.1', 0, 'data.weight', mct(1));
    expect(await codeOf(opened)).toBe('not-correctable');
  });

  it('is answered as before when it is repeated, and refused when it says something else', async () => {
    await recovered();
    const said = (to: number) =>
      ({
        type: 'CorrectRecord',
        target: 0,
        changes: [{ field: 'data.weight', to: mct(to) }],
        reason: 'misread',
        meta: { ...meta('alrosa'), id: '01960000-0000-7000-8000-00000000ffff', documents: [slip] },
      }) as CorrectionCommand;
    const asked = (to: number) =>
      ledger.execute({ category: 'stone', id: 'dawn', command: said(to) });
    const first = await asked(210_000);
    expect(await asked(210_000)).toEqual({ ...first, replayed: true });
    expect(await codeOf(asked(220_000))).toBe('idempotency-key-reused');
  });
});

describe('a correction of when and where', () => {
  it('reaches the opening of what came of the goods then', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    await act('stone-dawn', { type: 'ProducePolished', weight: mct(50_000) });
    const [day, place] = [{ time: '2025-04-02', precision: 'day' }, { unlocode: 'RUYKS' }];
    const begun = { time: '2025-04-01', precision: 'day' };
    await correct('stone-dawn', 0, 'at', begun);
    await correct('stone-dawn', 1, 'at', begun);
    await correct('stone-dawn', 2, 'at', day);
    await correct('stone-dawn', 2, 'place', place);
    const [opened] = effective(await ledger.store.read('stone-dawn.1'));
    expect(opened?.meta).toMatchObject({ at: day, place });
    expect(await reachedBy('stone-dawn')).toEqual([0, 0, 1, 1]);
  });
});

describe('a part of what was not stated', () => {
  const price = { minor: 100, currency: 'USD' };
  const warranties = [{ version: 'WDC-2021', sowId: 'SOW-1' }];
  const invoice = { invoiceNo: '7', buyer: 'broker', market: 'trade', price, warranties };

  it('is not corrected: there is nothing it would be part of', async () => {
    await recovered();
    await act('stone-dawn', { type: 'IssueInvoice', ...invoice });
    const corrected = (field: string, to: unknown) => codeOf(correct('stone-dawn', 1, field, to));
    expect(await corrected('data.line.no', 1)).toBe('not-correctable');
    expect(await corrected('data.weight', mct(190_000))).toBe('weight-differs');
    expect(await corrected('data.weight', mct(200_000))).toBeUndefined();
    await act('stone-dawn', { type: 'IssueInvoice', ...invoice, line: { no: 1, of: 2 } });
    const lined = (field: string, to: unknown) => codeOf(correct('stone-dawn', 3, field, to));
    expect(await lined('data.line.no', 3)).toBe('bad-invoice-line');
    expect(await lined('data.line.of', 3)).toBeUndefined();
  });

  it('nor is a place in a list behind its end', async () => {
    const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
    const polished = { form: 'polished', weight: mct(1_000), origin, basis: 'bought' };
    await act('stone-gem', { type: 'OpenHistory', ...polished });
    const report = { laboratory: 'office', reportNo: '22', finding: 'other' };
    const deltas = { micrometres: [10, -400] };
    await act('stone-gem', { type: 'FindReportMismatch', ...report, deltas });
    const corrected = (place: number, to: unknown) =>
      codeOf(correct('stone-gem', 1, `data.deltas.micrometres.${place}`, to));
    expect(await corrected(2, 10)).toBe('not-correctable');
    expect(await corrected(1, '-40')).toBe('bad-value');
    expect(await corrected(1, -40)).toBeUndefined();
    const [, found] = effective(await ledger.store.read('stone-gem'));
    expect(found?.data).toMatchObject({ deltas: { micrometres: [10, -40] } });
  });
});
