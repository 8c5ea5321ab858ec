import { reportId, reportStream } from '#events/streams';
import { graded, mark, polishedStock, ring, setIn } from '#test/golden/trade-acts';
import type { Act, TradeStory } from '#test/golden/trade-story';
import { mct } from '#test/support/given';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const seller = 'mumbai-dealer';
const maker = 'smolensk-jeweller';
const shop = 'shanghai-dealer';

const stone = { category: 'stone', id: 'jewel' } as const;
const second = { category: 'stone', id: 'second' } as const;
const item = { category: 'jewellery', id: 'pendant' } as const;

const onMemo: readonly Act[] = [
  {
    ...stone,
    by: seller,
    on: '2024-02-01',
    do: {
      type: 'IssueMemo',
      memoNo: 'M-1',
      consignee: maker,
      dueOn: '2024-03-01',
      price: usd(900_000),
      filingRef: 'UCC-1 77',
      warranties: [{ version: 'WDC-2021', sowId: 'SOW-2' }],
    },
  },
  { ...stone, by: maker, on: '2024-02-02', do: { type: 'AcceptCustody' } },
  { ...stone, by: seller, on: '2024-02-28', do: { type: 'ExtendMemo', dueOn: '2024-04-01' } },
  {
    ...second,
    by: seller,
    on: '2024-02-01',
    do: {
      type: 'IssueMemo',
      memoNo: 'M-2',
      consignee: maker,
      dueOn: '2024-03-01',
      warranties: [{ version: 'WDC-2021', sowId: 'SOW-2' }],
    },
  },
  { ...second, by: maker, on: '2024-02-02', do: { type: 'AcceptCustody' } },
  { ...second, by: maker, on: '2024-03-01', do: { type: 'ExpireMemo' }, refused: 'not-due' },
  { ...second, by: maker, on: '2024-03-02', do: { type: 'ExpireMemo' } },
  {
    ...second,
    by: seller,
    on: '2024-03-03',
    do: { type: 'ConvertMemo', price: usd(900_000) },
    refused: 'memo-expired',
  },
  { ...second, by: maker, on: '2024-03-04', do: { type: 'ReturnMemo' } },
  { ...second, by: seller, on: '2024-03-05', do: { type: 'AcceptCustody' } },
];

/** One invoice for two stones, a line on each; the one is sold off the memo. */
const sold: readonly Act[] = [
  ...['jewel', 'second'].map(
    (id, n): Act => ({
      category: 'stone',
      id,
      by: seller,
      on: '2024-04-05',
      do: {
        type: 'IssueInvoice',
        invoiceNo: 'I-9',
        buyer: maker,
        market: 'trade',
        price: usd(900_000),
        terms: '30 days',
        line: { no: n + 1, of: 2 },
        warranties: [{ version: 'WDC-2021', sowId: 'SOW-2' }],
      },
    }),
  ),
  {
    ...stone,
    by: seller,
    on: '2024-04-06',
    do: { type: 'ConvertMemo', price: usd(900_000), invoiceNo: 'I-9' },
  },
  {
    ...second,
    by: seller,
    on: '2024-04-06',
    do: { type: 'TransferTitle', to: maker, basis: 'sale', price: usd(900_000), invoiceNo: 'I-9' },
  },
];

/** What the trade goes on to do with a polished stone, down to the customer who brings it back. */
export const afterSale: TradeStory = {
  name: 'after-sale',
  title: 'a stone on memo, graded, recut and graded anew, set, sold to a consumer and brought back',
  shown: [
    'stone-jewel',
    'stone-second',
    'jewellery-pendant',
    reportStream(reportId('gia', '111')),
  ],
  acts: [
    polishedStock('jewel', seller, '2024-01-10'),
    polishedStock('second', seller, '2024-01-10'),
    ...graded('jewel', seller, '2024-01-20', { reportNo: '111' }),
    ...onMemo,
    ...sold,
    {
      ...stone,
      by: maker,
      on: '2024-04-10',
      do: {
        type: 'AttachEvidence',
        evidenceNo: 'E-1',
        paper: { kind: 'us-self-certification', statement: 'loose' },
        document: { type: 'us-self-certification', sha256: 'a'.repeat(64) },
      },
    },
    {
      ...stone,
      by: maker,
      on: '2024-04-12',
      do: { type: 'RevokeEvidence', evidenceNo: 'E-1', ground: 'invalid', reason: 'wrong stone' },
    },
    {
      ...stone,
      by: maker,
      on: '2024-04-20',
      do: {
        type: 'RecutStone',
        weightBefore: mct(1_500),
        weightAfter: mct(1_400),
        reason: 'a chip on the girdle',
        shape: 'oval',
        measurementsMm: '7.90 x 6.10 x 4.00',
      },
    },
    ...graded('jewel', maker, '2024-04-25', { reportNo: '112', exact: 1_400, shape: 'oval' }),
    ring('pendant', maker, '2024-05-10'),
    setIn('jewel', 'pendant', maker, '2024-05-11'),
    mark('ru-assay', 'pendant', '2024-05-20', '6430000000000002'),
    {
      ...item,
      by: maker,
      on: '2024-06-01',
      do: {
        type: 'IssueInvoice',
        invoiceNo: 'I-11',
        buyer: shop,
        market: 'trade',
        price: usd(1_200_000),
        warranties: [{ version: 'WDC-2021', sowId: 'SOW-3' }],
      },
    },
    {
      ...item,
      by: maker,
      on: '2024-06-01',
      do: { type: 'TransferTitle', to: shop, basis: 'sale', invoiceNo: 'I-11', price: usd(1_200_000) },
    },
    { ...item, by: maker, on: '2024-06-02', do: { type: 'ReleaseCustody', to: shop, purpose: 'sale' } },
    { ...item, by: shop, on: '2024-06-05', do: { type: 'AcceptCustody' } },
    {
      ...item,
      by: shop,
      on: '2024-07-01',
      do: { type: 'SellAtRetail', receiptNo: 'R-1', buyerRef: 'c-7f3a91b2', price: usd(2_000_000) },
    },
    {
      ...item,
      by: shop,
      on: '2024-07-09',
      do: {
        type: 'TakeBackFromCustomer',
        receiptNo: 'R-1',
        buyerRef: 'c-7f3a91b2',
        reason: 'the size',
      },
    },
    {
      ...item,
      by: shop,
      on: '2024-08-01',
      do: { type: 'BreakUpItem', reason: 'to be made anew' },
    },
  ],
};
