import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer', 'cutter']);
const kgk = as('kgk', ['dealer']);
const graff = as('graff', ['jeweller']);
const paper = [{ type: 'judgment', sha256: 'a'.repeat(64) }];
const court = { ...as('court', ['authority']), documents: paper };

const recover = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(34_170), meta: alrosa };
const share = { type: 'TransferShare', to: 'kgk', ppm: 400_000, basis: 'sale', meta: alrosa };
const sell = { type: 'TransferTitle', to: 'graff', basis: 'sale', meta: alrosa };
const contest = {
  type: 'ContestTitle',
  contestNo: 'T-1',
  ground: 'it was on memo',
  meta: { ...graff, documents: paper },
};
const resolve = {
  type: 'ResolveTitleContest',
  contestNo: 'T-1',
  outcome: 'upheld',
  ground: 'never sold',
  meta: court,
};
const offer = { type: 'OfferForSale', channel: 'auction', meta: alrosa };
const pledge = {
  type: 'RegisterPledge',
  pledgeNo: 'P',
  lender: 'graff',
  filingRef: 'F',
  priority: 1,
  meta: alrosa,
};
const memo = {
  type: 'IssueMemo',
  memoNo: 'M',
  consignee: 'kgk',
  dueOn: '2025-05-04',
  warranties: [{ version: 'WDC-2021', sowId: 'S' }],
  meta: alrosa,
};
const start = { type: 'StartManufacturing', orderNo: 'O', meta: alrosa };

type Loose = Readonly<{ type: string }> & Readonly<Record<string, unknown>>;
const commands = (...said: readonly Loose[]) => said as unknown as readonly StoneCommand[];
const after = (...said: readonly Loose[]) => done(stone, ...commands(recover, ...said));
const history = (...said: readonly Loose[]) => {
  const asked = given(stone)(...after(...said));
  return (command: Loose) => asked.when(command as unknown as StoneCommand);
};
const holding = (...said: readonly Loose[]) => fold(stone, after(...said))?.holding;
const both = [
  { party: 'alrosa', ppm: 600_000 },
  { party: 'kgk', ppm: 400_000 },
];

describe('title in shares', () => {
  it('is held by both from then on, and the shares sum to the whole', () => {
    history()(share).thenRecorded({
      type: 'TitleShareTransferred',
      data: { from: 'alrosa', to: 'kgk', ppm: 400_000, basis: 'sale', shares: both },
    });
    expect(holding(share)).toMatchObject({ owner: null, shares: both });
  });

  it('passes on share by share, and is one party’s again when it has them all', () => {
    const back = { ...share, to: 'alrosa', meta: kgk };
    expect(holding(share, back)).toMatchObject({ owner: 'alrosa', shares: [] });
    const part = { ...share, to: 'graff', ppm: 100_000 };
    expect(holding(share, part)?.shares).toEqual([
      { party: 'alrosa', ppm: 500_000 },
      { party: 'graff', ppm: 100_000 },
      { party: 'kgk', ppm: 400_000 },
    ]);
    expect(holding(share, { ...share, ppm: 600_000 })).toMatchObject({ owner: 'kgk' });
  });

  it.each([
    ['bad-share', { ppm: 0 }],
    ['bad-share', { ppm: 1.5 }],
    ['bad-share', { ppm: 1_000_000 }],
    ['to-itself', { to: 'alrosa' }],
    ['not-owner', { meta: kgk }],
    ['bad-price', { price: { minor: -1, currency: 'USD' } }],
  ] as const)('is refused: %s', (code, wrong) =>
    history()({ ...share, ...wrong }).thenRefused(code),
  );

  it('never passes more than is held, nor of what nobody is known to own', () => {
    history(share)({ ...share, to: 'graff', ppm: 400_001, meta: kgk }).thenRefused('bad-share');
    const old = { type: 'OpenHistory', form: 'rough', weight: mct(1000), basis: 'found' };
    const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
    const opened = done(stone, ...commands({ ...old, origin, meta: alrosa }));
    given(stone)(...opened)
      .when(share as unknown as StoneCommand)
      .thenRefused('title-unknown');
  });

  it('does not move while others have rights in the goods', () => {
    history(memo)(share).thenRefused('on-memo');
    history(pledge)(share).thenRefused('pledged');
    const award = { type: 'AwardLot', buyer: 'graff', meta: alrosa };
    history(offer, award)(share).thenRefused('award-stands');
    history({ type: 'ReportLoss', circumstances: 'gone', meta: alrosa })(share).thenRefused(
      'not-clear',
    );
  });

  it('lets no co-owner alone do what takes all of the title', () => {
    for (const act of [sell, offer, pledge, memo]) history(share)(act).thenRefused('co-owned');
    const byCourt = { ...sell, basis: 'court', meta: court };
    history(share)(byCourt).thenRefused('co-owned');
  });

  it('lets every co-owner do what an owner may', () => {
    const name = { type: 'NameStone', name: 'Dawn', meta: kgk };
    history(share)(name).thenRecorded({ type: 'StoneNamed', data: { name: 'Dawn' } });
    history()(name).thenRefused('not-holder');
  });
});

describe('a contest of the title', () => {
  it('is opened by anybody but the owner, on a paper', () => {
    history()(contest).thenRecorded({
      type: 'TitleContested',
      data: { contestNo: 'T-1', ground: 'it was on memo' },
    });
    history(contest)(contest).thenRefused('contest-exists');
    history()({ ...contest, meta: graff }).thenRefused('document-needed');
    history()({ ...contest, meta: { ...alrosa, documents: paper } }).thenRefused('to-itself');
  });

  it('keeps the goods from being sold, given, pledged, cut and set while it is open', () => {
    for (const act of [sell, share, offer, pledge, memo, start]) {
      history(contest)(act).thenRefused('title-contested');
    }
    const invoice = { type: 'IssueInvoice', invoiceNo: '7', buyer: 'kgk', market: 'retail' };
    const price = { minor: 1, currency: 'USD' };
    history(contest)({ ...invoice, price, warranties: [], meta: alrosa }).thenRefused(
      'title-contested',
    );
  });

  it('does not keep them from changing hands', () => {
    const release = { type: 'ReleaseCustody', to: 'kgk', purpose: 'vault', meta: alrosa };
    expect(after(contest, release)).toHaveLength(3);
  });

  it('passes the title when it is upheld, and the goods may be sold again', () => {
    history(contest)(resolve).thenRecorded({
      type: 'TitleContestResolved',
      data: {
        contestNo: 'T-1',
        outcome: 'upheld',
        ground: 'never sold',
        passed: { from: 'alrosa', to: 'graff' },
      },
    });
    expect(holding(contest, resolve)).toMatchObject({ owner: 'graff', titleContests: [] });
    expect(holding(share, contest, resolve)).toMatchObject({ owner: 'graff', shares: [] });
    expect(after(contest, resolve, { ...offer, meta: graff })).toHaveLength(4);
  });

  it('leaves the title where it is when it is dismissed or withdrawn', () => {
    const dismissed = { ...resolve, outcome: 'dismissed' };
    expect(holding(contest, dismissed)).toMatchObject({ owner: 'alrosa', titleContests: [] });
    const withdrawn = { ...resolve, outcome: 'withdrawn', meta: graff };
    expect(holding(contest, withdrawn)).toMatchObject({ owner: 'alrosa', titleContests: [] });
  });

  it('is decided by an authority on a paper, and withdrawn by the claimant alone', () => {
    history(contest)({ ...resolve, meta: alrosa }).thenRefused('role-needed');
    const bare = as('court', ['authority']);
    history(contest)({ ...resolve, meta: bare }).thenRefused('document-needed');
    history(contest)({ ...resolve, outcome: 'withdrawn' }).thenRefused('not-your-act');
    history()(resolve).thenRefused('unknown-contest');
  });
});
