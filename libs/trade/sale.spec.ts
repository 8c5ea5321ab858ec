import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { unknownOrigin } from '#libs/origin/origin';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { warrantiesVersion, warrantyText } from '#libs/reference/warranties';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer']);
const graff = as('graff', ['jeweller']);
const court = as('court', ['authority']);
const order = [{ type: 'judgment', sha256: 'a'.repeat(64) }];

const recover = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(34_170), meta: alrosa };
const offer = { type: 'OfferForSale', channel: 'auction', meta: alrosa } as const;
const award = { type: 'AwardLot', buyer: 'graff', meta: alrosa } as const;
const price = { minor: 1_000_000, currency: 'USD' };
const warranty = { version: 'WDC-2021', sowId: 'SOW-1' } as const;
const invoice = {
  type: 'IssueInvoice',
  invoiceNo: '7',
  buyer: 'graff',
  market: 'trade',
  price,
  warranties: [warranty],
  meta: alrosa,
} as const;

const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover as StoneCommand, ...commands));

it('refuses an invoice of rough to a consumer, which would need no warranty', () =>
  history()
    .when({ ...invoice, market: 'retail', warranties: [] })
    .thenRefused('not-polished'));

describe('an offer and an award', () => {
  const withdraw = { type: 'WithdrawOffer', reason: 'no bids', meta: alrosa } as const;
  const end = { type: 'EndAward', reason: 'not paid', meta: alrosa } as const;

  it('are taken back by the owner, and the goods may be offered again', () => {
    history(offer)
      .when(withdraw)
      .thenRecorded({ type: 'OfferWithdrawn', data: { reason: 'no bids' } });
    history(offer, withdraw).when(award).thenRefused('not-offered');
    history(offer, award)
      .when(end)
      .thenRecorded({ type: 'AwardEnded', data: { buyer: 'graff', reason: 'not paid' } });
    history(offer, award, end)
      .when(offer)
      .thenRecorded({ type: 'OfferedForSale', data: { channel: 'auction' } });
  });

  it('end by the buyer who steps back, and by nobody else', () => {
    history(offer, award)
      .when({ ...end, meta: graff })
      .thenRecorded({ type: 'AwardEnded', data: { buyer: 'graff', reason: 'not paid' } });
    history(offer, award)
      .when({ ...end, meta: court })
      .thenRefused('not-owner');
    history(offer)
      .when({ ...withdraw, meta: graff })
      .thenRefused('not-owner');
  });

  it('must be there to end', () => {
    history().when(withdraw).thenRefused('not-offered');
    history(offer).when(end).thenRefused('not-awarded');
  });
});

describe('an invoice', () => {
  const textSha256 = warrantyText('WDC-2021')?.sha256 ?? '';

  it('carries the statement with the hash of its text', () =>
    history()
      .when(invoice)
      .thenRecorded({
        type: 'InvoiceIssued',
        data: {
          invoiceNo: '7',
          seller: 'alrosa',
          buyer: 'graff',
          market: 'trade',
          price,
          warranties: [{ ...warranty, textSha256, data: warrantiesVersion() }],
        },
      }));

  it('refuses a statement that the reference data has not', () =>
    history()
      .when({ ...invoice, warranties: [{ version: 'WDC-1999' }] })
      .thenRefused('unknown-warranty'));

  it('needs a statement in the trade, and none to a consumer', () => {
    const bare = { ...invoice, warranties: [] };
    history().when(bare).thenRefused('warranty-needed');
    const natural = { version: 'WFDB-natural' } as const;
    history()
      .when({ ...invoice, warranties: [natural] })
      .thenRefused('warranty-needed');
    const polished = { form: 'polished', weight: mct(1_000), origin: unknownOrigin } as const;
    const old = { type: 'OpenHistory', ...polished, owner: 'alrosa', basis: 'old' } as const;
    expect(done(stone, { ...old, meta: alrosa }, { ...bare, market: 'retail' })).toHaveLength(2);
  });

  it('carries the version that was accepted that day for such goods', () => {
    const old = { ...invoice, warranties: [{ version: 'WDC-2002' }] } as const;
    history().when(old).thenRefused('warranty-not-valid');
    const in2024 = { ...alrosa, at: day('2024-09-21') };
    const early = { ...recover, meta: { ...alrosa, at: day('2024-01-01') } } as StoneCommand;
    expect(done(stone, early, { ...old, meta: in2024 })).toHaveLength(2);
    const before = { ...alrosa, at: day('2021-09-20') };
    const first = { ...recover, meta: { ...alrosa, at: day('2021-01-01') } } as StoneCommand;
    given(stone)(...done(stone, first))
      .when({ ...invoice, meta: before })
      .thenRefused('warranty-not-valid');
  });

  it('prints the issuer’s id where the text asks for it, and real countries', () => {
    history()
      .when({ ...invoice, warranties: [{ version: 'WDC-2021' }] })
      .thenRefused('sow-id-needed');
    history()
      .when({ ...invoice, warranties: [{ ...warranty, countries: ['XX'] }] })
      .thenRefused('bad-country');
  });

  it('does not call treated or grown stones natural and untreated', () => {
    const natural = { ...invoice, warranties: [warranty, { version: 'WFDB-natural' }] } as const;
    expect(done(stone, recover as StoneCommand, natural)).toHaveLength(2);
    history({ type: 'DiscloseTreatment', kind: 'hpht', permanent: true, meta: alrosa })
      .when(natural)
      .thenRefused('warranty-untrue');
  });

  it('is the owner’s, to another party, to the buyer of an award, for goods that are clear', () => {
    history()
      .when({ ...invoice, meta: graff })
      .thenRefused('not-owner');
    history()
      .when({ ...invoice, buyer: 'alrosa' })
      .thenRefused('to-itself');
    history(offer, award)
      .when({ ...invoice, buyer: 'tiffany' })
      .thenRefused('not-the-buyer');
    history()
      .when({ ...invoice, price: { minor: -1, currency: 'USD' } })
      .thenRefused('bad-price');
    history({ type: 'ReportLoss', circumstances: 'gone', meta: alrosa })
      .when(invoice)
      .thenRefused('not-clear');
  });

  it('may be given a statement apart', () => {
    const give = {
      type: 'GiveWarranty',
      to: 'graff',
      paper: 'invoice',
      paperNo: '7',
      warranty,
      meta: alrosa,
    } as const;
    history()
      .when(give)
      .thenRecorded({
        type: 'WarrantyGiven',
        data: {
          to: 'graff',
          paper: 'invoice',
          paperNo: '7',
          warranty: { ...warranty, textSha256, data: warrantiesVersion() },
        },
      });
    history()
      .when({ ...give, meta: graff })
      .thenRefused('not-owner');
    history()
      .when({ ...give, to: 'alrosa' })
      .thenRefused('to-itself');
    history()
      .when({ ...give, warranty: { version: 'WDC-2021' } })
      .thenRefused('sow-id-needed');
  });
});

describe('title by court order or inheritance', () => {
  const pass = { type: 'TransferTitle', to: 'heir', basis: 'inheritance' } as const;

  it('is stated by an authority on the paper it rests on', () => {
    history()
      .when({ ...pass, meta: { ...court, documents: order } })
      .thenRecorded({
        type: 'TitleTransferred',
        data: { from: 'alrosa', to: 'heir', basis: 'inheritance' },
      });
    history()
      .when({ ...pass, meta: court })
      .thenRefused('document-needed');
    history()
      .when({ ...pass, meta: graff })
      .thenRefused('not-owner');
    history()
      .when({ ...pass, to: 'alrosa', meta: { ...court, documents: order } })
      .thenRefused('to-itself');
  });

  it('is no sale by an authority', () =>
    history()
      .when({ ...pass, basis: 'sale', meta: { ...court, documents: order } })
      .thenRefused('not-owner'));

  it('needs a holder of the title to pass it from', () => {
    const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
    const found = { type: 'OpenHistory', form: 'rough', weight: mct(1000), origin, basis: 'found' };
    given(stone)(...done(stone, { ...found, meta: alrosa } as StoneCommand))
      .when({ ...pass, meta: { ...court, documents: order } })
      .thenRefused('title-unknown');
  });
});

describe('an offer by a consignee', () => {
  const memo = {
    type: 'IssueMemo',
    memoNo: 'M-1',
    consignee: 'graff',
    dueOn: '2025-05-04',
    warranties: [warranty],
    meta: alrosa,
  } as const;

  it('is what a memo is for', () => {
    history(memo)
      .when({ ...offer, meta: graff })
      .thenRecorded({ type: 'OfferedForSale', data: { channel: 'auction' } });
    history()
      .when({ ...offer, meta: graff })
      .thenRefused('not-owner');
    expect(fold(stone, done(stone, recover as StoneCommand, memo))?.holding.memo).toEqual({
      memoNo: 'M-1',
      consignee: 'graff',
      dueOn: '2025-05-04',
      expired: false,
    });
  });
});

describe('the line of an invoice over several goods', () => {
  const line = (changes: object) => history().when({ ...invoice, ...changes });

  it('says which it is, and what the goods weigh', () => {
    const said = { weight: mct(34_172), line: { no: 2, of: 3 } };
    const given = { ...warranty, textSha256: warrantyText('WDC-2021')?.sha256 ?? '' };
    const { type: _, meta: __, ...facts } = invoice;
    const warranties = [{ ...given, data: warrantiesVersion() }];
    line(said).thenRecorded({
      type: 'InvoiceIssued',
      data: { ...facts, ...said, seller: 'alrosa', warranties },
    });
    line({ weight: mct(34_190) }).thenRefused('weight-differs');
  });

  it.each([
    [0, 3],
    [4, 3],
    [1.5, 3],
    [1, 10_001],
  ])('is not %p of %p', (no, of) => line({ line: { no, of } }).thenRefused('bad-invoice-line'));
});
