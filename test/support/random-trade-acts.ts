import { mct } from '#test/support/given';
import type { Choice } from '#test/support/random-acts';

export const parties = ['alrosa', 'kgk', 'graff', 'brinks'] as const;

/** What may be asked of goods of any kind, whoever has them. */
export const tradeVerbs = [
  'ReleaseCustody',
  'OfferForSale',
  'AwardLot',
  'TransferTitle',
  'TransferShare',
] as const;

/** What is said and shown of goods: it moves nothing. */
export const sayings = [
  'IssueInvoice',
  'ClassifyGoods',
  'DeclareOrigin',
  'AttachEvidence',
] as const;

/** What an owner may ask. */
export const ownersVerbs: readonly string[] = [
  'OfferForSale',
  'AwardLot',
  'TransferTitle',
  'TransferShare',
  'IssueInvoice',
];

export const answers = ['AcceptCustody', 'AcceptCustody', 'RefuseCustody'] as const;

export type TradeVerb =
  | (typeof tradeVerbs)[number]
  | (typeof sayings)[number]
  | (typeof answers)[number]
  | 'WithdrawRelease';

const headings = ['710210', '710231', '710239'] as const;

/** The act itself on goods of which `left` mct are left. */
export function tradeAct(
  { other, error }: Pick<Choice, 'other' | 'error'>,
  verb: string,
  left: number,
) {
  const party = parties[other % parties.length] ?? 'alrosa';
  const weight = error === 0 ? {} : { weight: mct(left + error) };
  switch (verb) {
    case 'AcceptCustody':
      return { type: 'AcceptCustody', ...weight } as const;
    case 'WithdrawRelease':
      return { type: 'WithdrawRelease', reason: 'no' } as const;
    case 'RefuseCustody':
      return { type: 'RefuseCustody', reason: 'no' } as const;
    case 'OfferForSale':
      return { type: 'OfferForSale', channel: 'auction' } as const;
    case 'AwardLot':
      return { type: 'AwardLot', buyer: party } as const;
    case 'TransferTitle':
      return { type: verb, to: party, basis: 'sale', invoiceNo: `I${other % 9}` } as const;
    case 'TransferShare': {
      const ppm = 250_000 * (1 + (left % 3));
      return { type: 'TransferShare', to: party, ppm, basis: 'sale' } as const;
    }
    case 'IssueInvoice': {
      const price = { minor: 1 + (left % 1000), currency: 'USD' };
      const warranties = [{ version: 'WDC-2021', sowId: 'SOW-1' }];
      const line = { no: 1 + (other % 3), of: 2 };
      const said = { invoiceNo: `I${other % 9}`, buyer: party, market: 'trade', price } as const;
      return { type: verb, ...said, line, warranties, ...weight } as const;
    }
    case 'ClassifyGoods':
      return { type: verb, hs: headings[other % headings.length] ?? '710231' } as const;
    case 'DeclareOrigin': {
      const country = other % 2 === 0 ? 'CA' : 'RU';
      const countries = [{ country, minPpm: 0, maxPpm: 1_000_000 }];
      const origin = { countries, mineIds: [], chainOfCustody: 'segregated' } as const;
      return { type: verb, origin, purpose: 'g7' } as const;
    }
    case 'AttachEvidence': {
      const paper = { kind: 'g7-certificate', number: `G${other % 3}` } as const;
      const document = { type: 'certificate', sha256: 'ab'.repeat(32) };
      return { type: verb, evidenceNo: `E${other % 5}`, paper, document } as const;
    }
    default:
      return { type: 'ReleaseCustody', to: party, purpose: 'sale', ...weight } as const;
  }
}
