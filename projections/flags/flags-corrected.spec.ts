import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '#events/ledger-event';
import type { RecordedEvent } from '#libs/store/store';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { dump, firstDifference } from '#test/support/dump';
import { foldAnew } from '#test/support/effective-fold';
import { mct } from '#test/support/given';
import { keptUp } from '#test/support/kept-up';
import { ledgerOf } from '#test/support/recorded';

const today = '2025-12-31';
type Ledger = ReturnType<typeof ledgerOf>;

/** Flags kept up event by event, which must be those of a fold of what is in force. */
async function raised({ events }: Ledger): Promise<readonly string[]> {
  const reader = await keptUp([flags], events, today);
  const anew = await dump(await foldAnew([flags], events, today), [flags]);
  expect(firstDifference(await dump(reader, [flags]), anew)).toBeUndefined();
  const found = await flagsBy(reader, {}, 100);
  return found.map(({ rule, state, streams }) => [rule, state, ...streams].join(' ')).toSorted();
}

function annul({ record }: Ledger, { stream, meta, revision }: RecordedEvent): RecordedEvent {
  const target = { id: meta.id, revision };
  return record(stream, { type: 'EventAnnulled', data: { target, reason: 'not so', reached: 0 } });
}

function correct({ record }: Ledger, of: RecordedEvent, field: string, to: unknown): RecordedEvent {
  const target = { id: of.meta.id, revision: of.revision };
  const changes = [{ field, from: null, to }];
  const data = { target, changes, reason: 'misread', reached: 0 };
  return record(of.stream, { type: 'RecordCorrected', data });
}

const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
const invoice = { documents: [{ type: 'invoice' }] };
const instant = (time: string) => ({ at: { time, precision: 'instant' } as const });

function stones({ record }: Ledger, ...ids: readonly string[]): void {
  const goods = { form: 'polished', weight: mct(1_000), origin: unknown, basis: 'bought' } as const;
  for (const id of ids) record(`stone-${id}`, { type: 'HistoryOpened', data: goods }, invoice);
}

function report(ledger: Ledger, id: string, reportNo: string, more: object = {}): RecordedEvent {
  const weight = { ...mct(1_000), basis: 'reported' };
  const data = { laboratory: 'gia', reportNo, weight, ...more };
  return ledger.record(`stone-${id}`, { type: 'GradingReportIssued', data } as never);
}

function shipment({ record }: Ledger, id: string, ...goods: readonly string[]): RecordedEvent {
  const packed = goods.map((stream) => ({ stream, hs: '710239', mct: 1_000 }));
  const data = { consignee: 'kgk', from: 'BE', to: 'IN', goods: packed, parcels: 1, reliedOn: [] };
  const created = record(`shipment-${id}`, { type: 'ShipmentCreated', data } as never);
  for (const stream of goods) {
    const told = { shipment: id, cause: created.meta.id };
    record(stream, { type: 'GoodsPacked', data: told });
  }
  return created;
}

function leaves({ record }: Ledger, id: string, at: string): RecordedEvent {
  const data = { carrier: 'Malca-Amit', border: { need: 'none', why: 'polished' }, reliedOn: [] };
  const place = { place: { unlocode: 'BEANR' } };
  const left = { type: 'ShipmentDispatched', data } as unknown as LedgerEvent;
  return record(`shipment-${id}`, left, { ...instant(at), ...place });
}

describe('goods whose acceptance is annulled', () => {
  it('await an answer to the last release alone, when they were released anew in time', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem');
    const release = (from: string, to: string) =>
      ledger.record('stone-gem', { type: 'CustodyReleased', data: { from, to, purpose: 'sale' } });
    release('alrosa', 'kgk');
    const said = { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'kgk' } } as const;
    const accepted = ledger.record('stone-gem', said);
    release('kgk', 'graff');
    annul(ledger, accepted);
    expect(await raised(ledger)).toEqual(['release-unanswered open stone-gem']);
  });
});

describe('flags on stones that have nothing to do with one another', () => {
  it('of one report go when the report of the first is annulled, and come back with it', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'glass', 'third');
    const first = report(ledger, 'gem', '77');
    report(ledger, 'glass', '77');
    report(ledger, 'third', '77');
    const both = (a: string, b: string) => `report-on-two-stones open stone-${b} stone-${a}`;
    const others = both('glass', 'third');
    const all = [both('gem', 'glass'), both('gem', 'third'), others].toSorted();
    expect(await raised(ledger)).toEqual(all);
    const gone = annul(ledger, first);
    expect(await raised(ledger)).toEqual([others]);
    annul(ledger, gone);
    expect(await raised(ledger)).toEqual(all);
  });

  it('of one report rise when the first stone turns out to have been there', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'glass', 'third');
    report(ledger, 'gem', '77');
    const data = { survivor: 'third', weight: mct(1_000), origin: unknown };
    const ended = ledger.record('stone-gem', { type: 'IdentityGivenUp', data });
    report(ledger, 'glass', '77');
    expect(await raised(ledger)).toEqual([]);
    annul(ledger, ended);
    expect(await raised(ledger)).toEqual(['report-on-two-stones open stone-glass stone-gem']);
  });

  it('of one report stay when the first ended afterwards', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'glass', 'third');
    report(ledger, 'gem', '77');
    const second = report(ledger, 'glass', '77');
    const data = { survivor: 'third', weight: mct(1_000), origin: unknown };
    ledger.record('stone-gem', { type: 'IdentityGivenUp', data });
    const both = ['report-on-two-stones open stone-glass stone-gem'];
    expect(await raised(ledger)).toEqual(both);
    correct(ledger, second, 'data.cut', 'good');
    expect(await raised(ledger)).toEqual(both);
  });

  it('of one report rise when it turns out not to have been withdrawn', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'glass');
    report(ledger, 'gem', '77');
    const data = { laboratory: 'gia', reportNo: '77', reason: 'x' };
    const withdrawn = ledger.record('report-gia~77', { type: 'GradingReportWithdrawn', data });
    report(ledger, 'glass', '77');
    expect(await raised(ledger)).toEqual([]);
    annul(ledger, withdrawn);
    expect(await raised(ledger)).toEqual(['report-on-two-stones open stone-glass stone-gem']);
  });

  it('that measure the same follow the measurements, of whichever they are corrected', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'twin', 'other');
    const size = (measurementsMm: string) => ({ measurementsMm });
    const first = report(ledger, 'gem', '1', size('6.50 - 6.53 x 4.01'));
    report(ledger, 'twin', '2', size('6.50 - 6.53 x 4.01'));
    report(ledger, 'other', '3', size('8.50 - 8.53 x 4.01'));
    expect(await raised(ledger)).toEqual(['same-measurements open stone-twin stone-gem']);
    const misread = correct(ledger, first, 'data.measurementsMm', '8.50 - 8.53 x 4.01');
    expect(await raised(ledger)).toEqual(['same-measurements open stone-other stone-gem']);
    annul(ledger, misread);
    expect(await raised(ledger)).toEqual(['same-measurements open stone-twin stone-gem']);
  });
});

it('a certificate is used twice by those that still present it', async () => {
  const ledger = ledgerOf();
  const data = { number: 'RU0012345', reliedOn: [] };
  const present = (id: string) =>
    ledger.record(`shipment-${id}`, { type: 'CertificateAttached', data });
  const [first] = [present('s1'), present('s2'), present('s3')];
  const twice = (a: string, b: string) => `certificate-used-twice open shipment-${b} shipment-${a}`;
  expect(await raised(ledger)).toEqual([twice('s1', 's2'), twice('s1', 's3')]);
  annul(ledger, first);
  expect(await raised(ledger)).toEqual([twice('s2', 's3')]);
});

describe('flags of a shipment', () => {
  it('that carried stolen goods follow what is said of the theft', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'twin');
    const data = { policeRef: 'A-1', circumstances: 'safe' };
    const theft = ledger.record('stone-gem', { type: 'TheftReported', data });
    shipment(ledger, 's1', 'stone-gem', 'stone-twin');
    leaves(ledger, 's1', '2025-04-04T09:00:00Z');
    const moved = ['moved-while-not-clear open shipment-s1 stone-gem'];
    expect(await raised(ledger)).toEqual(moved);
    const gone = annul(ledger, theft);
    expect(await raised(ledger)).toEqual([]);
    annul(ledger, gone);
    expect(await raised(ledger)).toEqual(moved);
  });

  it('that cannot have come that far follow when it left, for what it carried too', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'twin');
    shipment(ledger, 's1', 'stone-gem', 'stone-twin');
    const left = leaves(ledger, 's1', '2025-04-04T09:00:00Z');
    const accepted = { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'kgk' } } as const;
    const there = { ...instant('2025-04-04T15:00:00Z'), place: { unlocode: 'INBOM' } };
    ledger.record('stone-gem', accepted, there);
    const far = ['impossible-journey open stone-gem shipment-s1'];
    expect(await raised(ledger)).toEqual(far);
    const late = correct(ledger, left, 'at', { time: '2025-04-03', precision: 'day' });
    expect(await raised(ledger)).toEqual([]);
    annul(ledger, late);
    expect(await raised(ledger)).toEqual(far);
  });

  it('are only of goods as they were when it left, whatever is corrected of others in it', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'twin');
    shipment(ledger, 's1', 'stone-gem', 'stone-twin');
    leaves(ledger, 's1', '2025-04-04T09:00:00Z');
    const accepted = { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'kgk' } } as const;
    const there = { ...instant('2025-04-06T15:00:00Z'), place: { unlocode: 'INBOM' } };
    ledger.record('stone-twin', accepted, there);
    const data = { policeRef: 'A-1', circumstances: 'safe' };
    ledger.record('stone-twin', { type: 'TheftReported', data });
    const [opened] = ledger.events;
    if (opened) correct(ledger, opened, 'data.basis', 'inherited');
    expect(await raised(ledger)).toEqual([]);
  });

  it('stand as long as one of the goods shows them', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem', 'twin');
    shipment(ledger, 's1', 'stone-gem', 'stone-twin');
    leaves(ledger, 's1', '2025-04-04T09:00:00Z');
    const data = { parcels: 1, mct: 2_000, findings: [] };
    const there = { ...instant('2025-04-04T12:00:00Z'), place: { unlocode: 'INBOM' } };
    ledger.record('shipment-s1', { type: 'ShipmentArrived', data } as never, there);
    const far = ['impossible-journey open shipment-s1 stone-gem stone-twin'];
    expect(await raised(ledger)).toEqual(far);
    const [opened] = ledger.events;
    if (opened) correct(ledger, opened, 'data.basis', 'inherited');
    expect(await raised(ledger)).toEqual(far);
  });
});

describe('flags of one record', () => {
  it('of carats and yields follow the weights', async () => {
    const ledger = ledgerOf();
    const data = { mineId: 'ru-ebelyakh', weight: mct(10_000) };
    const found = ledger.record('stone-dawn', { type: 'RoughDiamondRecovered', data });
    const order = { orderNo: '1' };
    ledger.record('stone-dawn', { type: 'ManufacturingStarted', data: order } as never);
    const polished = { n: 1, weight: mct(7_000) };
    ledger.record('stone-dawn', { type: 'PolishedDiamondProduced', data: polished } as never);
    expect(await raised(ledger)).toEqual(['yield-out-of-bounds open stone-dawn']);
    const less = correct(ledger, found, 'data.weight', mct(6_000));
    expect(await raised(ledger)).toEqual([
      'carats-from-nowhere open stone-dawn',
      'yield-implausible open stone-dawn',
      'yield-out-of-bounds open stone-dawn',
    ]);
    annul(ledger, less);
    correct(ledger, found, 'data.weight', mct(20_000));
    expect(await raised(ledger)).toEqual([]);
  });

  it('stay closed when corrections raise them again, and open with the closing annulled', async () => {
    const ledger = ledgerOf();
    stones(ledger, 'gem');
    const data = { foundNo: 'P-2', sealNo: 'P-1', finding: 'x' };
    const breach = ledger.record('stone-gem', { type: 'PacketSealBreachFound', data });
    const flag = `flag-seal-changed.${breach.meta.id}`;
    const closing = { rule: 'seal-changed', outcome: 'explained', reason: 'x', reliedOn: [] };
    const closed = ledger.record(flag, { type: 'FlagClosed', data: closing } as never);
    const gone = annul(ledger, breach);
    expect(await raised(ledger)).toEqual([]);
    annul(ledger, gone);
    expect(await raised(ledger)).toEqual(['seal-changed closed stone-gem']);
    annul(ledger, closed);
    expect(await raised(ledger)).toEqual(['seal-changed open stone-gem']);
  });
});
