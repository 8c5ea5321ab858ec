import { describe, expect, it } from '@jest/globals';
import type { StoneEvent } from '#events/stone';
import type { CustodyPurpose } from '#events/trade';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import { tradeMentions } from '#libs/trade/trade';
import { as, given, mct, over, stated } from '#test/support/given';

const alrosa = as('alrosa', ['producer']);
const graff = as('graff', ['jeweller']);
const brinks = as('brinks');

const recovered = stated('alrosa', {
  type: 'RoughDiamondRecovered' as const,
  data: { mineId: 'ru-ebelyakh', weight: mct(34_170) },
});
const purpose: CustodyPurpose = 'carriage';
const released = stated('alrosa', {
  type: 'CustodyReleased' as const,
  data: { from: 'alrosa', to: 'brinks', purpose },
});
const accepted = stated('brinks', {
  type: 'CustodyAccepted' as const,
  data: { from: 'alrosa', to: 'brinks' },
});
const refused = stated('brinks', {
  type: 'CustodyRefused' as const,
  data: { from: 'alrosa', to: 'brinks', reason: 'seal broken' },
});
const offered = stated('alrosa', {
  type: 'OfferedForSale' as const,
  data: { channel: 'auction' as const, lotNo: '12' },
});
const awarded = stated('alrosa', {
  type: 'LotAwarded' as const,
  data: { channel: 'auction' as const, buyer: 'graff' },
});
const sold = stated('alrosa', {
  type: 'TitleTransferred' as const,
  data: { from: 'alrosa', to: 'graff', basis: 'sale' as const },
});
const history = (...events: readonly StoneEvent[]) => given(stone)(recovered, ...events);

describe('releasing custody', () => {
  const release = { type: 'ReleaseCustody', to: 'brinks', purpose, meta: alrosa } as const;

  it('lets go, and leaves possession where it was until it is accepted', () => {
    history()
      .when({ ...release, weight: mct(34_172), sealNo: 'S-1' })
      .thenRecorded({
        type: 'CustodyReleased',
        data: { from: 'alrosa', to: 'brinks', purpose, weight: mct(34_172), sealNo: 'S-1' },
      });
    expect(fold(stone, [recovered, released])?.holding.custodian).toBe('alrosa');
  });

  it('is for the custodian, while the goods are in its hands', () => {
    history()
      .when({ ...release, meta: graff })
      .thenRefused('not-custodian');
    history(sold)
      .when({ ...release, meta: graff })
      .thenRefused('not-custodian');
    history(released).when(release).thenRefused('custody-released');
    history(released, accepted).when(release).thenRefused('not-custodian');
  });

  it('is to another party', () =>
    history()
      .when({ ...release, to: 'alrosa' })
      .thenRefused('to-itself'));

  it('weighs what the goods weigh', () => {
    history()
      .when({ ...release, weight: mct(34_190) })
      .thenRefused('weight-differs');
    history()
      .when({ ...release, weight: mct(0) })
      .thenRefused('bad-weight');
  });
});

describe('accepting and refusing custody', () => {
  const accept = { type: 'AcceptCustody', meta: brinks } as const;
  const refuse = { type: 'RefuseCustody', reason: 'seal broken', meta: brinks } as const;

  it('is for the party the goods were released to', () => {
    history(released)
      .when({ ...accept, weight: mct(34_165) })
      .thenRecorded({
        type: 'CustodyAccepted',
        data: { from: 'alrosa', to: 'brinks', weight: mct(34_165) },
      });
    history(released)
      .when(refuse)
      .thenRecorded({
        type: 'CustodyRefused',
        data: { from: 'alrosa', to: 'brinks', reason: 'seal broken' },
      });
    for (const act of [accept, refuse]) {
      history(released)
        .when({ ...act, meta: graff })
        .thenRefused('not-receiver');
      history(released)
        .when({ ...act, meta: alrosa })
        .thenRefused('not-receiver');
    }
  });

  it('follows a release, once', () => {
    for (const act of [accept, refuse]) {
      history().when(act).thenRefused('not-released');
      history(released, accepted).when(act).thenRefused('not-released');
      history(released, refused).when(act).thenRefused('not-released');
    }
  });

  it('moves possession, or leaves it', () => {
    expect(fold(stone, [recovered, released, accepted])?.holding).toMatchObject({
      custodian: 'brinks',
      owner: 'alrosa',
      release: null,
    });
    expect(fold(stone, [recovered, released, refused])?.holding).toMatchObject({
      custodian: 'alrosa',
      release: null,
    });
  });

  it('lets a weighing narrow a bound, so that later weights must fit it', () => {
    const dawn = stated('alrosa', {
      type: 'RoughDiamondRecovered' as const,
      data: { mineId: 'ru-ebelyakh', weight: over(200_000) },
    });
    const weighing = stated('brinks', {
      type: 'CustodyAccepted' as const,
      data: { from: 'alrosa', to: 'brinks', weight: mct(203_400) },
    });
    given(stone)(dawn, released, weighing)
      .when({ type: 'ReleaseCustody', to: 'alrosa', purpose, weight: mct(240_000), meta: brinks })
      .thenRefused('weight-differs');
  });
});

describe('while goods are on their way', () => {
  it('nothing is done that needs them in hand', () => {
    const start = { type: 'StartManufacturing', orderNo: '1', meta: alrosa } as const;
    history(released).when(start).thenRefused('custody-released');
    const scan = { provider: 'sarine', scanId: '1', scanSha256: 'a'.repeat(64) };
    history(released)
      .when({ type: 'ScanRough', ...scan, meta: alrosa })
      .thenRefused('custody-released');
  });

  it('the owner may still sell and name them, a custodian that does not own them may not', () => {
    history(released)
      .when({ type: 'TransferTitle', to: 'graff', basis: 'sale', meta: alrosa })
      .thenRecorded({
        type: 'TitleTransferred',
        data: { from: 'alrosa', to: 'graff', basis: 'sale' },
      });
    const name = { type: 'NameStone', name: 'Stravinsky', meta: alrosa } as const;
    history(released)
      .when(name)
      .thenRecorded({ type: 'StoneNamed', data: { name: 'Stravinsky' } });
    history(sold, released).when(name).thenRefused('custody-released');
  });
});

describe('offering and awarding', () => {
  const offer = { type: 'OfferForSale', channel: 'auction', lotNo: '12', meta: alrosa } as const;
  const price = { minor: 1_000_000, currency: 'USD' };
  const award = { type: 'AwardLot', buyer: 'graff', price, meta: alrosa } as const;

  it('are for the owner, wherever the goods are', () => {
    history(released, accepted)
      .when(offer)
      .thenRecorded({ type: 'OfferedForSale', data: { channel: 'auction', lotNo: '12' } });
    history(released, accepted)
      .when({ ...offer, meta: brinks })
      .thenRefused('not-owner');
    history(offered)
      .when({ ...award, meta: graff })
      .thenRefused('not-owner');
    history(sold).when(offer).thenRefused('not-owner');
  });

  it('end an open offer with a buyer', () => {
    history(offered)
      .when(award)
      .thenRecorded({ type: 'LotAwarded', data: { channel: 'auction', buyer: 'graff', price } });
    history().when(award).thenRefused('not-offered');
    history(offered, awarded).when(award).thenRefused('not-offered');
    history(offered)
      .when({ ...award, buyer: 'alrosa' })
      .thenRefused('to-itself');
  });

  it('are not repeated over the head of a buyer', () =>
    history(offered, awarded).when(offer).thenRefused('award-stands'));

  it('end when the title moves: an offer is its owner’s', () => {
    const graffAwards = { ...award, buyer: 'tiffany', meta: graff };
    history(offered, sold).when(graffAwards).thenRefused('not-offered');
    expect(fold(stone, [recovered, offered, awarded, sold])?.holding).toMatchObject({
      owner: 'graff',
      offer: null,
      buyer: null,
    });
  });

  it.each([
    { minor: 1.5, currency: 'USD' },
    { minor: -1, currency: 'USD' },
    { minor: 2 ** 53, currency: 'USD' },
    { minor: 1, currency: 'usd' },
    { minor: 1, currency: 'XQQ' },
    { minor: 1, currency: 'XXX' },
  ])('name a price that can be paid, not %j', (bad) => {
    history()
      .when({ ...offer, reserve: bad })
      .thenRefused('bad-price');
    history(offered)
      .when({ ...award, price: bad })
      .thenRefused('bad-price');
    history()
      .when({ type: 'TransferTitle', to: 'graff', basis: 'sale', price: bad, meta: alrosa })
      .thenRefused('bad-price');
  });
});

describe('transferring title', () => {
  const transfer = { type: 'TransferTitle', to: 'graff', basis: 'sale', meta: alrosa } as const;

  it('is for the holder of the title, and moves no goods', () => {
    history()
      .when({ ...transfer, invoiceNo: '7' })
      .thenRecorded({
        type: 'TitleTransferred',
        data: { from: 'alrosa', to: 'graff', basis: 'sale', invoiceNo: '7' },
      });
    expect(fold(stone, [recovered, sold])?.holding).toMatchObject({
      custodian: 'alrosa',
      owner: 'graff',
    });
    history(released, accepted)
      .when({ ...transfer, meta: brinks })
      .thenRefused('not-owner');
    history(sold).when(transfer).thenRefused('not-owner');
    history()
      .when({ ...transfer, to: 'alrosa' })
      .thenRefused('to-itself');
  });

  it.each(['gift', 'inheritance'] as const)('by %s has no price, nor has a share so', (basis) => {
    const price = { minor: 1, currency: 'USD' };
    history()
      .when({ ...transfer, basis, price })
      .thenRefused('no-price');
    history()
      .when({ ...transfer, type: 'TransferShare', ppm: 1, basis, price })
      .thenRefused('no-price');
    history()
      .when({ ...transfer, basis })
      .thenRecorded({
        type: 'TitleTransferred',
        data: { from: 'alrosa', to: 'graff', basis },
      });
  });

  it('takes the currencies of its day, as Belgian francs', () => {
    const price = { minor: 1, currency: 'BEF' };
    history()
      .when({ ...transfer, price })
      .thenRecorded({
        type: 'TitleTransferred',
        data: { from: 'alrosa', to: 'graff', basis: 'sale', price },
      });
  });

  it('by sale goes to the buyer the goods are awarded to', () => {
    const elsewhere = { ...transfer, to: 'tiffany' };
    history(offered, awarded).when(elsewhere).thenRefused('not-the-buyer');
    history(offered, awarded)
      .when({ ...elsewhere, basis: 'court' })
      .thenRecorded({
        type: 'TitleTransferred',
        data: { from: 'alrosa', to: 'tiffany', basis: 'court' },
      });
    history(offered, awarded)
      .when(transfer)
      .thenRecorded({
        type: 'TitleTransferred',
        data: { from: 'alrosa', to: 'graff', basis: 'sale' },
      });
  });

  it('cannot begin where nobody is known to own the goods', () => {
    const inherited = stated('alrosa', {
      type: 'HistoryOpened' as const,
      data: {
        form: 'rough' as const,
        weight: mct(1000),
        origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' as const },
        basis: 'found in the vault',
      },
    });
    given(stone)(inherited).when(transfer).thenRefused('title-unknown');
  });
});

describe('the parties a command names', () => {
  it('are receivers and buyers', () => {
    const meta = alrosa;
    expect(tradeMentions({ type: 'ReleaseCustody', to: 'brinks', purpose, meta })).toEqual([
      { party: 'brinks', field: 'to' },
    ]);
    expect(tradeMentions({ type: 'AwardLot', buyer: 'graff', meta })).toEqual([
      { party: 'graff', field: 'buyer' },
    ]);
    expect(tradeMentions({ type: 'TransferTitle', to: 'x', basis: 'gift', meta })).toEqual([
      { party: 'x', field: 'to' },
    ]);
    expect(tradeMentions({ type: 'AcceptCustody', meta })).toEqual([]);
  });
});
