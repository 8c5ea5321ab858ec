import { reportId, reportStream } from '#events/streams';
import {
  exported,
  graded,
  handOver,
  polishedStock,
  recover,
  sale,
} from '#test/golden/trade-acts';
import type { Act, TradeStory } from '#test/golden/trade-story';

const wrong = 'RU0000010';
const right = 'RU0000011';
const way = {
  to: 'antwerp-client',
  country: 'BE',
  office: 'eu-authority',
  number: right,
  on: '2019-05-06',
};
/** Of the 20 ct stone; the steps of the first certificate are those of the second, as it should have been. */
const journey = exported('rough', 20, way);
const box = { by: 'alrosa', on: way.on, category: 'shipment', id: 'rough-box' } as const;
const first = { by: 'gokhran', on: way.on, category: 'certificate', id: 'ru0000010' } as const;

function issuedAs(number: string, mct: number, replaces?: string): Act {
  const [issue] = journey;
  if (issue?.category !== 'certificate' || issue.do.type !== 'IssueCertificate') {
    throw new Error('a journey of rough begins with its certificate');
  }
  const lines = issue.do.lines.map((line) => ({ ...line, mct }));
  const said = { ...issue.do, number, lines, ...(replaces !== undefined && { replaces }) };
  return { ...issue, id: number.toLowerCase(), do: said };
}

const certificateReplaced: TradeStory = {
  name: 'certificate-replaced',
  title: 'a Kimberley certificate with the wrong carats, replaced by another before the rough leaves',
  shown: [
    'certificate-ru0000010',
    'certificate-ru0000011',
    'certificate-ru0000012',
    'shipment-rough-box',
  ],
  acts: [
    recover('rough', '2019-04-01', 20),
    ...sale('rough', ['alrosa', 'antwerp-client'], '2019-05-02', 'long-term-contract'),
    issuedAs(wrong, 22_000),
    {
      ...first,
      do: { type: 'ValidateCertificate', signatory: 'an officer', check: 'opened', sealNo: 'S-1' },
    },
    ...journey.slice(1, 4),
    { ...box, do: { type: 'AttachCertificate', number: wrong }, refused: 'carats-differ' },
    {
      ...first,
      do: { type: 'ReplaceCertificate', replacement: right, reason: 'the carats of another parcel' },
      refused: 'not-a-replacement',
    },
    issuedAs(right, 20_000, wrong),
    {
      ...first,
      do: { type: 'ReplaceCertificate', replacement: right, reason: 'the carats of another parcel' },
    },
    { ...box, do: { type: 'AttachCertificate', number: wrong }, refused: 'not-validated' },
    issuedAs('RU0000012', 20_000),
    {
      ...first,
      id: 'ru0000012',
      do: { type: 'VoidCertificate', reason: 'the same goods were written out twice' },
    },
    ...journey.slice(4, -1),
    {
      ...first,
      by: 'eu-authority',
      do: {
        type: 'ConfirmImport',
        number: wrong,
        parcels: 1,
        mct: 20_000,
        importer: 'antwerp-client',
        exporter: 'alrosa',
        receivedOn: way.on,
      },
      refused: 'wrong-status',
    },
    ...journey.slice(-1),
    ...handOver('rough', 'alrosa', 'antwerp-client', '2019-05-07'),
  ],
};

const house = 'mumbai-dealer';
const shop = 'shanghai-dealer';

/** A stone out on memo until the first of March, and what comes of it. */
function onMemo(id: string, ...then: readonly Act[]): readonly Act[] {
  const stone = { category: 'stone', id } as const;
  return [
    polishedStock(id, house, '2025-01-10'),
    {
      ...stone,
      by: house,
      on: '2025-02-01',
      do: {
        type: 'IssueMemo',
        memoNo: `M-${id}`,
        consignee: shop,
        dueOn: '2025-03-01',
        warranties: [{ version: 'WDC-2021', sowId: 'SOW-2' }],
      },
    },
    { ...stone, by: shop, on: '2025-02-03', do: { type: 'AcceptCustody' } },
    ...then,
  ];
}

const price = { minor: 900_000, currency: 'USD' } as const;

const memoOverdue: TradeStory = {
  name: 'memo-overdue',
  title: 'goods on memo past their due day: extended, returned, sold, and one that nobody answers for',
  shown: ['stone-extended', 'stone-returned', 'stone-converted', 'stone-silent'],
  acts: [
    ...onMemo('extended', {
      by: house,
      on: '2025-03-05',
      category: 'stone',
      id: 'extended',
      do: { type: 'ExtendMemo', dueOn: '2025-04-01' },
    }),
    {
      by: shop,
      on: '2025-03-31',
      category: 'stone',
      id: 'extended',
      do: { type: 'ReturnMemo' },
    },
    { by: house, on: '2025-04-02', category: 'stone', id: 'extended', do: { type: 'AcceptCustody' } },
    ...onMemo('returned', {
      by: shop,
      on: '2025-03-06',
      category: 'stone',
      id: 'returned',
      do: { type: 'ReturnMemo' },
    }),
    { by: house, on: '2025-03-08', category: 'stone', id: 'returned', do: { type: 'AcceptCustody' } },
    ...onMemo(
      'converted',
      {
        by: house,
        on: '2025-03-07',
        category: 'stone',
        id: 'converted',
        do: {
          type: 'IssueInvoice',
          invoiceNo: 'I-1',
          buyer: shop,
          market: 'trade',
          price,
          warranties: [{ version: 'WDC-2021', sowId: 'SOW-2' }],
        },
      },
      {
        by: house,
        on: '2025-03-07',
        category: 'stone',
        id: 'converted',
        do: { type: 'ConvertMemo', price, invoiceNo: 'I-1' },
      },
    ),
    ...onMemo('silent'),
  ],
};

const again = { category: 'stone', id: 'graded' } as const;

const gradedAgain: TradeStory = {
  name: 'graded-again',
  title: 'a stone graded anew by its laboratory, then by another that sees another colour',
  also: [{ id: 'antwerp-laboratory', country: 'BE', roles: ['laboratory'] }],
  shown: [
    'stone-graded',
    reportStream(reportId('gia', '201')),
    reportStream(reportId('gia', '202')),
    reportStream(reportId('antwerp-laboratory', '31')),
  ],
  acts: [
    polishedStock('graded', house, '2023-01-10'),
    ...graded('graded', house, '2023-01-20', { reportNo: '201' }),
    ...graded('graded', house, '2024-01-20', { reportNo: '202', colour: 'G' }),
    {
      ...again,
      by: house,
      on: '2024-02-01',
      do: { type: 'MatchReport', laboratory: 'gia', reportNo: '202', method: 'inscription' },
    },
    ...graded('graded', house, '2024-06-01', {
      reportNo: '31',
      laboratory: 'antwerp-laboratory',
      colour: 'H',
    }),
    {
      ...again,
      by: house,
      on: '2024-06-10',
      do: {
        type: 'FindReportMismatch',
        laboratory: 'gia',
        reportNo: '202',
        finding: 'the colour is H, not G',
      },
    },
    {
      by: 'gia',
      on: '2024-07-01',
      category: 'report',
      id: reportId('gia', '202'),
      do: {
        type: 'WithdrawReport',
        laboratory: 'gia',
        reportNo: '202',
        reason: 'graded against another set of master stones',
      },
    },
  ],
};

/** Papers that were wrong, late, or of two minds. */
export const paperStories: readonly TradeStory[] = [certificateReplaced, memoOverdue, gradedAgain];
