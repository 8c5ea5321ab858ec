import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { warrantiesVersion, warrantyText } from '#libs/reference/warranties';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer']);
const graff = as('graff', ['jeweller']);
const bank = as('bank');
const may = { ...alrosa, now: '2025-06-01T00:00:00Z', at: day('2025-05-05') };

const recover = {
  type: 'RecoverRough',
  mineId: 'ru-ebelyakh',
  weight: mct(34_170),
  meta: alrosa,
} as const;
const warranty = { version: 'WDC-2021', sowId: 'SOW-1' } as const;
const memo = {
  type: 'IssueMemo',
  memoNo: 'M-1',
  consignee: 'graff',
  dueOn: '2025-05-04',
  warranties: [warranty],
  meta: alrosa,
} as const;
const accept = { type: 'AcceptCustody', meta: graff } as const;
const lost = { type: 'ReportLoss', circumstances: 'gone', meta: alrosa } as const;
const pledge = {
  type: 'RegisterPledge',
  pledgeNo: 'P-1',
  lender: 'bank',
  filingRef: 'F-1',
  priority: 1,
  meta: alrosa,
} as const;
const expire = { type: 'ExpireMemo', meta: may } as const;
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover, ...commands));

describe('a memo', () => {
  it('warrants natural origin in the words for memos, an invoice in those for invoices', () => {
    const version = 'WFDB-natural';
    const { sha256, onMemo } = warrantyText(version) ?? {};
    expect(onMemo?.sha256).toMatch(/^[0-9a-f]{64}$/);
    const statedOn = (paper: 'invoice' | 'memo') => {
      const give = {
        type: 'GiveWarranty',
        to: 'graff',
        paper,
        paperNo: 'X',
        meta: alrosa,
      } as const;
      const [, given] = done(stone, recover, { ...give, warranty: { version } });
      return given?.data;
    };
    expect(statedOn('memo')).toMatchObject({ warranty: { textSha256: onMemo?.sha256 } });
    expect(statedOn('invoice')).toMatchObject({ warranty: { textSha256: sha256 } });
    const [, issued] = done(stone, recover, { ...memo, warranties: [warranty, { version }] });
    expect(issued?.data).toMatchObject({ warranties: [{}, { textSha256: onMemo?.sha256 }] });
  });

  it('lets the goods go to the consignee, who has still to accept, and leaves the title', () => {
    const textSha256 = warrantyText('WDC-2021')?.sha256 ?? '';
    history()
      .when(memo)
      .thenRecorded(
        {
          type: 'MemoIssued',
          data: {
            memoNo: 'M-1',
            consignee: 'graff',
            dueOn: '2025-05-04',
            warranties: [{ ...warranty, textSha256, data: warrantiesVersion() }],
          },
        },
        { type: 'CustodyReleased', data: { from: 'alrosa', to: 'graff', purpose: 'memo' } },
      );
    expect(fold(stone, done(stone, recover, memo, accept))?.holding).toMatchObject({
      custodian: 'graff',
      owner: 'alrosa',
    });
  });

  it('moves nothing when the goods are elsewhere', () => {
    const vault = { type: 'ReleaseCustody', to: 'brinks', purpose: 'vault', meta: alrosa } as const;
    const recorded = done(stone, recover, vault, memo);
    expect(recorded.map(({ type }) => type).slice(-2)).toEqual(['CustodyReleased', 'MemoIssued']);
  });

  it.each([
    ['not-owner', { meta: graff }],
    ['to-itself', { consignee: 'alrosa' }],
    ['warranty-needed', { warranties: [] }],
    ['bad-date', { dueOn: '2025-02-30' }],
    ['not-later', { dueOn: '2025-04-04' }],
    ['bad-price', { price: { minor: 1.5, currency: 'USD' } }],
  ] as const)('is refused: %s', (code, wrong) =>
    history()
      .when({ ...memo, ...wrong })
      .thenRefused(code),
  );

  it('is for goods that are clear, not on memo and not sold', () => {
    history(lost).when(memo).thenRefused('not-clear');
    history(memo).when(memo).thenRefused('on-memo');
    const offer = { type: 'OfferForSale', channel: 'spot', meta: alrosa } as const;
    const award = { type: 'AwardLot', buyer: 'tiffany', meta: alrosa } as const;
    history(offer, award).when(memo).thenRefused('award-stands');
  });

  it('keeps the goods whole and the title where it is', () => {
    const sell = { type: 'TransferTitle', to: 'tiffany', basis: 'sale', meta: alrosa } as const;
    history(memo).when(sell).thenRefused('on-memo');
    const roles = { ...graff, roles: ['cutter'] as const };
    const start = { type: 'StartManufacturing', orderNo: '1', meta: roles } as const;
    history(memo, accept).when(start).thenRefused('on-memo');
  });
});

describe('extending a memo', () => {
  const extend = { type: 'ExtendMemo', dueOn: '2025-06-04', meta: alrosa } as const;

  it('gives the consignee until a later day', () => {
    history(memo)
      .when(extend)
      .thenRecorded({ type: 'MemoExtended', data: { memoNo: 'M-1', dueOn: '2025-06-04' } });
    history(memo)
      .when({ ...extend, dueOn: '2025-05-04' })
      .thenRefused('not-later');
    history(memo)
      .when({ ...extend, dueOn: 'soon' })
      .thenRefused('bad-date');
  });

  it('is the owner’s, of a memo that runs, for goods that are clear', () => {
    history(memo)
      .when({ ...extend, meta: graff })
      .thenRefused('not-owner');
    history().when(extend).thenRefused('not-on-memo');
    history(memo, expire)
      .when({ ...extend, meta: may })
      .thenRefused('memo-expired');
    history(memo, lost).when(extend).thenRefused('not-clear');
  });
});

describe('returning from memo', () => {
  const giveBack = { type: 'ReturnMemo', meta: graff } as const;

  it('lets the goods go back to the owner', () =>
    history(memo, accept)
      .when(giveBack)
      .thenRecorded(
        { type: 'MemoReturned', data: { memoNo: 'M-1' } },
        { type: 'CustodyReleased', data: { from: 'graff', to: 'alrosa', purpose: 'return' } },
      ));

  it('is stated by an owner that has the goods again, even after the due day', () => {
    const back = [
      { type: 'ReleaseCustody', to: 'alrosa', purpose: 'return', meta: { ...graff, at: may.at } },
      { type: 'AcceptCustody', meta: may },
    ] as const;
    const late = back.map((each) => ({ ...each, meta: { ...each.meta, now: may.now } }));
    history(memo, accept, expire, ...late)
      .when({ ...giveBack, meta: may })
      .thenRecorded({ type: 'MemoReturned', data: { memoNo: 'M-1' } });
  });

  it('is for whoever has the goods, of the two', () => {
    history().when(giveBack).thenRefused('not-on-memo');
    history(memo, accept)
      .when({ ...giveBack, meta: bank })
      .thenRefused('not-consignee');
    history(memo, accept)
      .when({ ...giveBack, meta: alrosa })
      .thenRefused('not-custodian');
    history(memo)
      .when({ ...giveBack, meta: alrosa })
      .thenRefused('custody-released');
    history(memo, accept, lost).when(giveBack).thenRefused('not-clear');
  });
});

describe('converting a memo', () => {
  const price = { minor: 5_000, currency: 'USD' };
  const convert = { type: 'ConvertMemo', price, invoiceNo: '9', meta: alrosa } as const;

  it('sells to the consignee', () =>
    history(memo, accept)
      .when(convert)
      .thenRecorded(
        {
          type: 'MemoConvertedToSale',
          data: { memoNo: 'M-1', buyer: 'graff', price, invoiceNo: '9' },
        },
        {
          type: 'TitleTransferred',
          data: { from: 'alrosa', to: 'graff', basis: 'sale', price, invoiceNo: '9' },
        },
      ));

  it('needs a memo that runs, the owner, clear goods and a lender’s consent', () => {
    history().when(convert).thenRefused('not-on-memo');
    history(memo)
      .when({ ...convert, meta: graff })
      .thenRefused('not-owner');
    history(memo, expire)
      .when({ ...convert, meta: may })
      .thenRefused('memo-expired');
    history(memo, lost).when(convert).thenRefused('not-clear');
    history(memo, pledge).when(convert).thenRefused('pledged');
    history(memo)
      .when({ ...convert, price: { minor: 1, currency: 'usd' } })
      .thenRefused('bad-price');
    const consent = {
      type: 'ConsentToTransfer',
      pledgeNo: 'P-1',
      to: 'graff',
      meta: bank,
    } as const;
    expect(done(stone, recover, memo, pledge, consent, convert).at(-1)?.type).toBe(
      'TitleTransferred',
    );
  });
});

describe('an expired memo', () => {
  it('is stated once the due day has passed', () => {
    history(memo)
      .when(expire)
      .thenRecorded({ type: 'MemoExpired', data: { memoNo: 'M-1', dueOn: '2025-05-04' } });
    history(memo)
      .when({ ...expire, meta: { ...may, at: day('2025-05-04') } })
      .thenRefused('not-due');
  });

  it('is stated by one of the two, once', () => {
    history(memo)
      .when({ ...expire, meta: { ...bank, at: may.at, now: may.now } })
      .thenRefused('not-owner');
    expect(
      done(stone, recover, memo, { ...expire, meta: { ...graff, at: may.at, now: may.now } }),
    ).toHaveLength(4);
    history(memo, expire).when(expire).thenRefused('memo-expired');
    history().when(expire).thenRefused('not-on-memo');
  });
});
