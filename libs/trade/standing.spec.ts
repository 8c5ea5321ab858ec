import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { standingOf } from '#libs/trade/bounds';
import { heldBy } from '#libs/trade/holding';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer', 'cutter']);
const brinks = as('brinks');
const police = as('police', ['authority']);
const operator = as('operator', ['operator']);
const stranger = as('stranger', ['dealer']);

const recover = {
  type: 'RecoverRough',
  mineId: 'ru-ebelyakh',
  weight: mct(34_170),
  meta: alrosa,
} as const;
const toBrinks = { type: 'ReleaseCustody', to: 'brinks', purpose: 'vault', meta: alrosa } as const;
const accept = { type: 'AcceptCustody', meta: brinks } as const;
const loss = { type: 'ReportLoss', circumstances: 'gone', meta: alrosa } as const;
const theft = {
  type: 'ReportTheft',
  policeRef: 'A-1',
  circumstances: 'safe opened',
  meta: brinks,
} as const;
const recovery = { type: 'ReportRecovery', meta: alrosa } as const;
const seize = { type: 'SeizeGoods', orderNo: 'O-1', reason: 'doubt', meta: police } as const;
const forfeit = { type: 'ForfeitGoods', orderNo: 'O-2', to: 'state', meta: police } as const;
const endSeizure = { type: 'EndSeizure', reason: 'genuine', meta: police } as const;
const hold = {
  type: 'PlaceHold',
  holdNo: 'H-1',
  reason: 'origin',
  officer: 'Anna Petrova',
  meta: alrosa,
} as const;
const lift = {
  type: 'ReleaseHold',
  holdNo: 'H-1',
  reason: 'shown',
  officer: 'Ivan Sidorov',
  meta: alrosa,
} as const;
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover, ...commands));
const holding = (...commands: readonly StoneCommand[]) =>
  fold(stone, done(stone, recover, ...commands))?.holding ?? heldBy('', null);

describe('goods that are missing', () => {
  it('are reported by their custodian or owner', () => {
    history()
      .when({ ...loss, policeRef: 'A-1', lastSeen: day('2025-04-01') })
      .thenRecorded({
        type: 'LossReported',
        data: { circumstances: 'gone', policeRef: 'A-1', lastSeen: day('2025-04-01') },
      });
    history(toBrinks, accept)
      .when(theft)
      .thenRecorded({
        type: 'TheftReported',
        data: { policeRef: 'A-1', circumstances: 'safe opened' },
      });
    expect(standingOf(holding(toBrinks, loss))).toBe('lost');
    expect(standingOf(holding(toBrinks, accept, theft))).toBe('stolen');
  });

  it.each([loss, { ...theft, meta: alrosa }])('are reported once, soundly: %j', (report) => {
    history()
      .when({ ...report, meta: stranger })
      .thenRefused('not-holder');
    history(loss).when(report).thenRefused('already-missing');
    history()
      .when({ ...report, lastSeen: day('2025-02-30') })
      .thenRefused('bad-date');
    history()
      .when({ ...report, lastSeen: day('2025-04-20') })
      .thenRefused('in-the-future');
    history()
      .when({ ...report, lastSeen: day('2025-04-05') })
      .thenRefused('out-of-order');
  });

  it('are found by whoever then has them', () => {
    history(toBrinks, accept, theft)
      .when({ ...recovery, meta: police, policeRef: 'A-1' })
      .thenRecorded({
        type: 'Recovered',
        data: { from: 'brinks', custodian: 'police', policeRef: 'A-1' },
      });
    const found = holding(toBrinks, accept, theft, { ...recovery, meta: police });
    expect([standingOf(found), found.custodian, found.owner]).toEqual([
      'clear',
      'police',
      'alrosa',
    ]);
    history().when(recovery).thenRefused('not-missing');
    history(loss)
      .when({ ...recovery, meta: stranger })
      .thenRefused('not-holder');
  });
});

describe('anything but clear', () => {
  const sell = { type: 'TransferTitle', to: 'graff', basis: 'sale', meta: alrosa } as const;
  const offer = { type: 'OfferForSale', channel: 'spot', meta: alrosa } as const;

  it.each([[loss], [hold], [{ ...seize, inPlace: true }], [{ ...theft, meta: alrosa }]])(
    'keeps title and goods where they are: %j',
    (stop) => {
      history(stop).when(sell).thenRefused('not-clear');
      history(stop).when(offer).thenRefused('not-clear');
      history(stop).when(toBrinks).thenRefused('not-clear');
      history(toBrinks, stop)
        .when(accept)
        .thenRefused(stop.type === 'SeizeGoods' ? 'not-released' : 'not-clear');
      history(stop)
        .when({ type: 'StartManufacturing', orderNo: '1', meta: alrosa })
        .thenRefused('not-clear');
      history(offer, stop)
        .when({ type: 'AwardLot', buyer: 'graff', meta: alrosa })
        .thenRefused('not-clear');
    },
  );

  it.each(['laboratory', 'customs', 'authority'] as const)(
    'still lets them go to: %s',
    (purpose) => {
      const release = { ...toBrinks, purpose } as const;
      expect(holding(hold, release, accept).custodian).toBe('brinks');
    },
  );

  it('lets the receiver refuse and the custodian take back', () => {
    expect(
      holding(toBrinks, hold, { type: 'RefuseCustody', reason: 'held', meta: brinks }),
    ).toMatchObject({ custodian: 'alrosa', release: null });
    const back = { type: 'WithdrawRelease', reason: 'held', meta: alrosa } as const;
    expect(holding(toBrinks, hold, back).release).toBeNull();
  });
});

describe('a seizure', () => {
  it('is an authority’s; it has the goods unless they stay in place', () => {
    history()
      .when(seize)
      .thenRecorded({
        type: 'Seized',
        data: { orderNo: 'O-1', reason: 'doubt', from: 'alrosa', custodian: 'police' },
      });
    expect(holding(toBrinks, { ...seize, inPlace: true })).toMatchObject({
      custodian: 'alrosa',
      release: null,
    });
    history()
      .when({ ...seize, meta: alrosa })
      .thenRefused('role-needed');
    history(seize).when(seize).thenRefused('already-seized');
  });

  it('ends by the authority that seized', () => {
    history(seize)
      .when(endSeizure)
      .thenRecorded({ type: 'ReleasedFromSeizure', data: { orderNo: 'O-1', reason: 'genuine' } });
    history(seize)
      .when({ ...endSeizure, meta: as('customs', ['authority']) })
      .thenRefused('not-your-act');
    history().when(endSeizure).thenRefused('not-seized');
  });

  it('may end in forfeiture: title moves and what lay on the goods ends', () => {
    history(seize)
      .when(forfeit)
      .thenRecorded({
        type: 'Forfeited',
        data: { from: 'alrosa', orderNo: 'O-2', to: 'state' },
      });
    const pledge = {
      type: 'RegisterPledge',
      pledgeNo: 'P-1',
      lender: 'bank',
      filingRef: 'F-1',
      priority: 1,
      meta: alrosa,
    } as const;
    const forfeited = holding(pledge, seize, forfeit);
    expect(forfeited).toMatchObject({ owner: 'state', pledges: [], seizure: null });
    history().when(forfeit).thenRefused('not-seized');
    history(seize)
      .when({ ...forfeit, meta: alrosa })
      .thenRefused('role-needed');
    history(seize)
      .when({ ...forfeit, to: 'alrosa' })
      .thenRefused('to-itself');
  });
});

describe('a hold', () => {
  it('is lifted by another officer than the one who placed it', () => {
    history(hold)
      .when(lift)
      .thenRecorded({
        type: 'HoldReleased',
        data: { holdNo: 'H-1', reason: 'shown', officer: 'Ivan Sidorov' },
      });
    for (const officer of ['Anna Petrova', 'anna  PETROVA', 'Anna-Petrova.', 'Ａｎｎａ Petrova']) {
      history(hold)
        .when({ ...lift, officer })
        .thenRefused('same-officer');
    }
  });

  it('is placed by a holder, an authority or the operator', () => {
    for (const meta of [police, operator]) {
      expect(standingOf(holding({ ...hold, meta }))).toBe('hold');
    }
    history()
      .when({ ...hold, meta: stranger })
      .thenRefused('not-holder');
    history(hold).when(hold).thenRefused('hold-exists');
  });

  it('is lifted by the party that placed it, or an authority', () => {
    history({ ...hold, meta: police })
      .when(lift)
      .thenRefused('not-your-act');
    expect(standingOf(holding(hold, { ...lift, meta: police }))).toBe('clear');
    history().when(lift).thenRefused('unknown-hold');
  });

  it('stands while another is lifted', () =>
    expect(standingOf(holding(hold, { ...hold, holdNo: 'H-2' }, lift))).toBe('hold'));
});

describe('a compliance decision', () => {
  const decision = {
    type: 'RecordDecision',
    regime: 'EU',
    ruleVersion: '2025-04',
    outcome: 'cleared',
    officer: 'Anna Petrova',
    rationale: 'mine record',
    meta: alrosa,
  } as const;

  it('is a person’s act and changes nothing else', () => {
    const { type: _, meta: _meta, ...data } = decision;
    history().when(decision).thenRecorded({ type: 'ComplianceDecisionRecorded', data });
    expect(holding(decision)).toEqual(holding());
    history()
      .when({ ...decision, meta: stranger })
      .thenRefused('not-holder');
  });
});
