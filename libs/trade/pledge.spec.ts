import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer', 'cutter']);
const bank = as('bank');
const other = as('other-bank');
const graff = as('graff');

const recover = {
  type: 'RecoverRough',
  mineId: 'ru-ebelyakh',
  weight: mct(34_170),
  meta: alrosa,
} as const;
const pledge = {
  type: 'RegisterPledge',
  pledgeNo: 'P-1',
  lender: 'bank',
  filingRef: 'F-1',
  priority: 1,
  meta: alrosa,
} as const;
const second = { ...pledge, pledgeNo: 'P-2', lender: 'other-bank', priority: 2 } as const;
const lost = { type: 'ReportLoss', circumstances: 'gone', meta: alrosa } as const;
const sell = { type: 'TransferTitle', to: 'graff', basis: 'sale', meta: alrosa } as const;
const consent = { type: 'ConsentToTransfer', pledgeNo: 'P-1', to: 'graff', meta: bank } as const;
const release = { type: 'ReleasePledge', pledgeNo: 'P-1', meta: bank } as const;
const enforce = { type: 'EnforcePledge', pledgeNo: 'P-1', meta: bank } as const;
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover, ...commands));

describe('a pledge', () => {
  it('is registered by the owner, with a rank of its own', () => {
    history()
      .when(pledge)
      .thenRecorded({
        type: 'PledgeRegistered',
        data: { pledgeNo: 'P-1', lender: 'bank', filingRef: 'F-1', priority: 1 },
      });
    history(pledge)
      .when({ ...second, priority: 1 })
      .thenRefused('priority-taken');
    history(pledge)
      .when({ ...second, pledgeNo: 'P-1' })
      .thenRefused('pledge-exists');
  });

  it.each([
    ['not-owner', { meta: bank }],
    ['to-itself', { lender: 'alrosa' }],
    ['bad-count', { priority: 0 }],
    ['bad-count', { priority: 1.5 }],
    ['bad-price', { amount: { minor: -1, currency: 'USD' } }],
  ] as const)('is refused: %s', (code, wrong) =>
    history()
      .when({ ...pledge, ...wrong })
      .thenRefused(code),
  );

  it('is not given on goods that are not clear', () =>
    history(lost).when(pledge).thenRefused('not-clear'));

  it('keeps the title where it is until every lender consents or lets go', () => {
    history(pledge).when(sell).thenRefused('pledged');
    history(pledge, second, consent).when(sell).thenRefused('pledged');
    history(pledge, consent)
      .when({ ...sell, to: 'tiffany' })
      .thenRefused('pledged');
    expect(done(stone, recover, pledge, consent, sell).at(-1)?.type).toBe('TitleTransferred');
    expect(done(stone, recover, pledge, release, sell).at(-1)?.type).toBe('TitleTransferred');
  });

  it('stays on the goods after a sale it consented to, and its consent is used up', () => {
    const sold = done(stone, recover, pledge, consent, sell);
    expect(fold(stone, sold)?.holding.pledges).toMatchObject([{ pledgeNo: 'P-1', consents: [] }]);
  });

  it('keeps the goods whole', () =>
    history(pledge)
      .when({ type: 'StartManufacturing', orderNo: '1', meta: alrosa })
      .thenRefused('pledged'));
});

describe('a lender', () => {
  it.each([consent, release, enforce])('acts on its own pledge: %j', (act) => {
    history(pledge)
      .when({ ...act, meta: other })
      .thenRefused('not-lender');
    history().when(act).thenRefused('unknown-pledge');
  });

  it('lets go', () =>
    history(pledge)
      .when(release)
      .thenRecorded({ type: 'PledgeReleased', data: { pledgeNo: 'P-1' } }));

  it('consents', () =>
    history(pledge)
      .when(consent)
      .thenRecorded({ type: 'PledgeConsentGiven', data: { pledgeNo: 'P-1', to: 'graff' } }));

  it('takes its security: title moves, and what ranks after it ends', () => {
    history(pledge, second)
      .when(enforce)
      .thenRecorded(
        { type: 'PledgeEnforced', data: { pledgeNo: 'P-1', to: 'bank' } },
        {
          type: 'TitleTransferred',
          data: { from: 'alrosa', to: 'bank', basis: 'enforcement' },
        },
      );
    const first = done(stone, recover, pledge, second, enforce);
    expect(fold(stone, first)?.holding).toMatchObject({ owner: 'bank', pledges: [] });
    const last = { ...enforce, pledgeNo: 'P-2', meta: other };
    const junior = done(stone, recover, pledge, second, last);
    expect(fold(stone, junior)?.holding).toMatchObject({
      owner: 'other-bank',
      pledges: [{ pledgeNo: 'P-1' }],
    });
  });

  it('takes it of goods that are clear, from another than the owner', () => {
    history(pledge, lost).when(enforce).thenRefused('not-clear');
    history(pledge)
      .when({ ...enforce, to: 'alrosa' })
      .thenRefused('to-itself');
    expect(done(stone, recover, pledge, { ...enforce, to: graff.by })).toHaveLength(4);
  });
});

describe('a lender’s consent to cutting', () => {
  const cut = { type: 'ConsentToCutting', pledgeNo: 'P-1', meta: bank } as const;
  const start = { type: 'StartManufacturing', orderNo: 'O', meta: alrosa } as const;

  it('is the lender’s to give', () => {
    history(pledge)
      .when(cut)
      .thenRecorded({ type: 'CuttingConsentGiven', data: { pledgeNo: 'P-1' } });
    history(pledge)
      .when({ ...cut, meta: other })
      .thenRefused('not-lender');
    history().when(cut).thenRefused('unknown-pledge');
  });

  it('of every lender lets the goods be cut, and no more than that', () => {
    history(pledge).when(start).thenRefused('pledged');
    history(pledge, second, cut).when(start).thenRefused('pledged');
    const also = { ...cut, pledgeNo: 'P-2', meta: other } as const;
    expect(done(stone, recover, pledge, second, cut, also, start)).toHaveLength(6);
    history(pledge, cut).when(sell).thenRefused('pledged');
    const giveUp = { type: 'GiveUpIdentity', stoneId: 'a', survivor: 'b', meta: alrosa } as const;
    history(pledge, cut).when(giveUp).thenRefused('pledged');
  });
});
