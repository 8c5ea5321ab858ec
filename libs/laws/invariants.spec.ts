import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { claimsOf } from '#libs/laws/claims-of';
import { openClaims } from '#libs/laws/claims';
import { problemsOf } from '#libs/laws/invariants';
import { mineOrigin } from '#libs/origin/origin';
import { mct } from '#test/support/given';

type Stated = Readonly<{ [T in LedgerEvent['type']]: Extract<LedgerEvent, { type: T }> }>;
type Said = { [T in LedgerEvent['type']]: Pick<Stated[T], 'type' | 'data'> }[LedgerEvent['type']];

/** The events of a stream as `alrosa` stated them, with ids `STREAM/REVISION`. */
function streamOf(stream: string, ...said: readonly Said[]): readonly Recorded<LedgerEvent>[] {
  return said.map((draft, revision) => {
    const meta = {
      id: `${stream}/${revision}`,
      by: 'alrosa',
      at: { time: '2025-04-04', precision: 'day' },
    } as const;
    const recordedAt = '2025-04-04T12:00:00Z';
    const recorded = { stream, revision, position: BigInt(revision + 1), recordedAt, leaf: '' };
    return { ...draft, meta, ...recorded } as Recorded<LedgerEvent>;
  });
}

const origin = mineOrigin('RU', 'ru-ebelyakh', 'segregated');
const rough: Said = {
  type: 'RoughDiamondRecovered',
  data: { mineId: 'ru-ebelyakh', weight: mct(10_000) },
};
const polished: Said = {
  type: 'HistoryOpened',
  data: { form: 'polished', weight: mct(1_000), origin, owner: 'alrosa', basis: 'stock' },
};
const lot: Said = {
  type: 'ParcelHistoryOpened',
  data: {
    form: 'rough',
    content: { weight: mct(10_000), pieces: 10 },
    origin,
    owner: 'alrosa',
    basis: 'stock',
  },
};
const sawn = (...weights: readonly number[]): Said => ({
  type: 'RoughSawn',
  data: {
    method: 'laser',
    pieces: weights.map((weight, i) => ({ n: i + 1, weight: mct(weight) })),
    loss: mct(200),
  },
});
const released: Said = {
  type: 'CustodyReleased',
  data: { from: 'alrosa', to: 'kgk', purpose: 'sale' },
};
const accepted = (from: string, to: string): Said => ({
  type: 'CustodyAccepted',
  data: { from, to },
});
const title = (from: string, to: string): Said => ({
  type: 'TitleTransferred',
  data: { from, to, basis: 'sale' },
});
const set: Said = {
  type: 'StoneSet',
  data: { item: 'ring', weight: mct(1_000), origin },
};

const laws = (stream: string, ...said: readonly Said[]) =>
  [...problemsOf(stream, streamOf(stream, ...said))].map(({ problem }) => problem.slice(0, 3));

describe('a stream is held against the laws of the trade', () => {
  it.each<[string, string, readonly Said[], readonly string[]]>([
    ['carats add up', 'stone-a', [rough, sawn(5_000, 4_800)], []],
    ['carats from nowhere', 'stone-a', [rough, sawn(8_000, 4_800)], ['I1:']],
    ['carats gone', 'stone-a', [rough, sawn(5_000, 2_000)], ['I1:']],
    [
      'a stone that grew',
      'stone-a',
      [
        polished,
        {
          type: 'StoneRecut',
          data: { weightBefore: mct(1_000), weightAfter: mct(1_100), reason: 'x', superseded: [] },
        },
      ],
      ['I2:'],
    ],
    [
      'more pieces than there were',
      'parcel-a',
      [
        lot,
        {
          type: 'ParcelSplit',
          data: { parts: [{ n: 1, content: { weight: mct(5_000), pieces: 11 } }] },
        },
      ],
      ['I3:'],
    ],
    [
      'an order closed with carats open',
      'stone-a',
      [
        rough,
        { type: 'ManufacturingStarted', data: { orderNo: '1' } },
        { type: 'PolishedDiamondProduced', data: { n: 1, weight: mct(4_000) } },
        { type: 'ManufacturingClosed', data: { orderNo: '1' } },
      ],
      ['I1:'],
    ],
    ['a hand-over', 'stone-a', [rough, released, accepted('alrosa', 'kgk')], []],
    ['accepted without a release', 'stone-a', [rough, accepted('alrosa', 'kgk')], ['I5:']],
    ['accepted by another', 'stone-a', [rough, released, accepted('alrosa', 'graff')], ['I5:']],
    [
      'released by who does not hold it',
      'stone-a',
      [rough, released, accepted('alrosa', 'kgk'), released],
      ['I5:'],
    ],
    ['title of another', 'stone-a', [rough, title('kgk', 'graff')], ['I8:']],
    ['title moves on', 'stone-a', [rough, title('alrosa', 'kgk'), title('kgk', 'graff')], []],
    [
      'title of a lost stone',
      'stone-a',
      [rough, { type: 'LossReported', data: { circumstances: 'x' } }, title('alrosa', 'kgk')],
      ['I8:'],
    ],
    [
      'title of a found stone',
      'stone-a',
      [
        rough,
        { type: 'LossReported', data: { circumstances: 'x' } },
        { type: 'Recovered', data: { from: 'alrosa', custodian: 'alrosa' } },
        title('alrosa', 'kgk'),
      ],
      [],
    ],
    ['a set stone that moves', 'stone-a', [polished, set, released], ['I12']],
    ['a set stone that is sold', 'stone-a', [polished, set, title('alrosa', 'kgk')], ['I12']],
    ['what was sawn and goes on', 'stone-a', [rough, sawn(5_000, 4_800), released], ['I15']],
    [
      'an invoice in the trade without its statement',
      'stone-a',
      [
        rough,
        {
          type: 'InvoiceIssued',
          data: {
            invoiceNo: '1',
            seller: 'alrosa',
            buyer: 'kgk',
            market: 'trade',
            price: { minor: 1, currency: 'USD' },
            warranties: [],
          },
        },
      ],
      ['I10'],
    ],
    [
      'a report of another weight',
      'stone-a',
      [
        polished,
        {
          type: 'GradingReportIssued',
          data: { laboratory: 'gia', reportNo: '1', weight: mct(900) },
        },
      ],
      ['I11'],
    ],
    [
      'a report of the weight on record, where the scales of two parties differed',
      'stone-a',
      [
        polished,
        released,
        { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'kgk', weight: mct(1_030) } },
        {
          type: 'WeightDiscrepancyRecorded',
          data: { from: 'alrosa', to: 'kgk', expected: mct(1_000), weight: mct(1_030) },
        },
        {
          type: 'GradingReportIssued',
          data: { laboratory: 'gia', reportNo: '1', weight: mct(1_000) },
        },
      ],
      [],
    ],
    [
      'a report of the weight on record, which scales that agree within their errors leave as it is',
      'stone-a',
      [
        polished,
        released,
        { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'kgk', weight: mct(998) } },
        {
          type: 'GradingReportIssued',
          data: { laboratory: 'gia', reportNo: '1', weight: mct(1_018) },
        },
      ],
      [],
    ],
    [
      'rough that leaves without a certificate',
      'shipment-a',
      [
        {
          type: 'ShipmentCreated',
          data: {
            consignee: 'kgk',
            from: 'RU',
            to: 'IN',
            goods: [{ stream: 'stone-a', hs: '710231', mct: 10_000 }],
            parcels: 1,
            reliedOn: [],
          },
        },
        {
          type: 'ShipmentDispatched',
          data: { carrier: 'x', border: { need: 'none', why: 'polished' }, reliedOn: [] },
        },
      ],
      ['I9:'],
    ],
  ])('%s', (_, stream, said, expected) => expect(laws(stream, ...said)).toEqual(expected));
});

describe('streams are held against each other', () => {
  const child = (stream: string, cause: string, weight: number): Said => ({
    type: 'StoneOpened',
    data: {
      parent: { stream, revision: 1 },
      cause,
      form: 'piece',
      weight: mct(weight),
      custodian: 'alrosa',
      owner: 'alrosa',
      origin: mineOrigin('RU', 'ru-ebelyakh', 'identity-preserved'),
    },
  });

  function disagreements(...streams: readonly (readonly Recorded<LedgerEvent>[])[]) {
    const claims = openClaims();
    for (const history of streams) {
      const stream = history[0]?.stream ?? '';
      for (const claim of claimsOf(stream, history)) claims.add(claim, stream);
    }
    const found = [...claims.disagreements()].map(({ key, what }) => `${key} ${what}`);
    claims.close();
    return found;
  }

  const parent = streamOf('stone-a', rough, sawn(5_000, 4_800));
  const first = streamOf('stone-a.1', child('stone-a', 'stone-a/1', 5_000));
  const second = streamOf('stone-a.2', child('stone-a', 'stone-a/1', 4_800));

  it('agree on the parts of a division', () => {
    expect(disagreements(parent, first, second)).toEqual([]);
  });

  it('miss a part that was never opened', () => {
    expect(disagreements(parent, first)).toEqual(['stone-a.2 by stone-a/1 unanswered']);
  });

  it('find a stone that came out of nothing, and one that changed its weight on the way', () => {
    expect(disagreements(first, second)).toHaveLength(2);
    const heavy = streamOf('stone-a.2', child('stone-a', 'stone-a/1', 4_900));
    expect(disagreements(parent, first, heavy)).toEqual(['stone-a.2 by stone-a/1 differs']);
  });

  it('find a stone in two items, and one that its item does not know', () => {
    const taken = (item: string) =>
      streamOf(`jewellery-${item}`, {
        type: 'StoneTakenIn',
        data: { stone: 'a', weight: mct(1_000), origin, cause: 'stone-a/1' },
      });
    const stone = streamOf('stone-a', polished, set);
    expect(disagreements(stone, taken('ring'))).toEqual([]);
    expect(disagreements(stone, taken('ring'), taken('brooch'))).toEqual(['stone-a is set twice']);
    expect(disagreements(stone, taken('brooch'))).toEqual(['stone-a is set differs']);
    expect(disagreements(stone)).toEqual(['stone-a is set unanswered']);
  });

  it('find a certificate that travelled with another shipment', () => {
    const shipment = streamOf('shipment-s', {
      type: 'CertificateAttached',
      data: { number: '?', reliedOn: [] },
    });
    const used = (id: string) =>
      streamOf('certificate-c', {
        type: 'KpCertificateUsed',
        data: { shipment: id, cause: 'shipment-s/0' },
      });
    expect(disagreements(shipment, used('s'))).toEqual([]);
    expect(disagreements(shipment, used('t'))).toEqual(['certificate ? by shipment-s/0 differs']);
  });

  it('forget what was answered with a refusal', () => {
    const returned: Said = {
      type: 'SettingReturned',
      data: { item: 'ring', cause: 'stone-a/1', code: 'broken-up' },
    };
    expect(disagreements(streamOf('stone-a', polished, set, returned))).toEqual([]);
  });
});
