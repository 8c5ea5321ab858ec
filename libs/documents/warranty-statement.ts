import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { idOf } from '#events/streams';
import type { Money, Warranty } from '#events/values';
import { Refused } from '#libs/decider/decider';
import type { Block, DocumentData, Standing } from '#libs/documents/document';
import { neverChecked } from '#libs/documents/document';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { partyTold, told } from '#libs/documents/goods-file';
import type { Letterhead } from '#libs/documents/letterhead';
import { shownWhen } from '#libs/documents/words';
import { moneyText } from '#libs/trade/price';
import { warrantyText, wordingOn } from '#libs/reference/warranties';

/** An invoice or memo of the ledger, or a statement given apart for one, with what it warrants. */
type Warranted = Readonly<{
  paper: 'invoice' | 'memo';
  number: string;
  by: string;
  to: string;
  at: When;
  position: string;
  price: Money | null;
  warranties: readonly Warranty[];
}>;

/** What a stream says was warranted of its goods, oldest first. */
export function warrantedIn(events: readonly Recorded<LedgerEvent>[]): readonly Warranted[] {
  const found = events.flatMap((event): readonly Warranted[] => {
    const { at, by } = event.meta;
    const said = { by, at, position: String(event.position) };
    switch (event.type) {
      case 'InvoiceIssued': {
        const { invoiceNo: number, seller, buyer: to, price, warranties } = event.data;
        return [{ ...said, paper: 'invoice', number, by: seller, to, price, warranties }];
      }
      case 'MemoIssued': {
        const { memoNo: number, consignee: to, price = null, warranties } = event.data;
        return [{ ...said, paper: 'memo', number, to, price, warranties }];
      }
      case 'WarrantyGiven': {
        const { paper, paperNo: number, to, warranty } = event.data;
        return [{ ...said, paper, number, to, price: null, warranties: [warranty] }];
      }
      default:
        return [];
    }
  });
  return found.filter(({ warranties }) => warranties.length > 0);
}

/** Who gave the warranty of the paper with this number, or the newest. Refuses `no-warranty`. */
export function issuerOf(
  { subject, events }: Pick<GoodsFile, 'subject' | 'events'>,
  number: string | undefined,
): string {
  const papers = warrantedIn(events);
  const found = papers.findLast((one) => number === undefined || one.number === number);
  if (!found) throw noWarranty(subject, number);
  return found.by;
}

function noWarranty(subject: string | undefined, number: string | undefined): Refused {
  const of = subject === undefined ? 'no goods' : idOf(subject);
  const under = number === undefined ? '' : ` under ${number}`;
  return new Refused('no-warranty', `nothing was warranted of ${of}${under}`, {
    field: number === undefined ? 'id' : 'number',
    subject,
  });
}

/**
 * The System of Warranties text of an invoice or memo, word for word in the version that was
 * recorded with it (`number`; the newest of the first goods where left out), for every one of the
 * goods on it; one wording serves rough, polished and jewellery. Refuses `no-warranty` for goods without a statement under that number.
 */
export function warrantyStatement(
  files: readonly (GoodsFile | ItemFile)[],
  number: string | undefined,
  letterhead: Letterhead,
  standing: Standing,
): DocumentData {
  const wanted = number ?? (files[0] && warrantedIn(files[0].events).at(-1)?.number);
  const lines = files.map((file) => ({
    file,
    papers: warrantedIn(file.events).filter((one) => one.number === wanted),
  }));
  const lacking = lines.find(({ papers }) => papers.length === 0);
  const first = lines[0]?.papers[0];
  if (lacking || !first || wanted === undefined) {
    throw noWarranty(lacking?.file.subject, wanted);
  }
  if (first.by !== letterhead.party) {
    throw new Refused('not-your-act', `${first.paper} ${wanted} is of ${first.by}`, {
      field: 'issuer',
      issuer: first.by,
    });
  }
  const warranties = distinct(lines.flatMap(({ papers }) => papers.flatMap((p) => p.warranties)));
  const { paper, to, at } = first;
  const names = lines[0]?.file.names ?? {};
  return {
    kind: 'warranty-statement',
    title: `Warranty on ${paper} ${wanted}`,
    letterhead,
    facts: {
      paper,
      number: wanted,
      seller: first.by,
      buyer: to,
      at,
      goods: lines.map(({ file, papers }) => ({
        subject: file.subject,
        ...weightOf(file),
        price: papers.find(({ price }) => price !== null)?.price ?? null,
        positions: papers.map(({ position }) => position),
      })),
      warranties: warranties.map((one) => ({ ...one, text: textOf(one, paper).text })),
    },
    body: [
      {
        block: 'facts',
        rows: [
          [paper === 'invoice' ? 'Invoice' : 'Memo', wanted],
          ['Date', shownWhen(at)],
          [paper === 'invoice' ? 'Buyer' : 'Consignee', partyTold(to, names)],
        ],
      },
      ...warranties.flatMap((one) => warrantyBlocks(one, paper)),
      { block: 'heading', text: 'Goods' },
      {
        block: 'table',
        columns: [
          { title: 'Record', share: 0.3 },
          { title: 'Goods', share: 0.5 },
          { title: 'Price', share: 0.2 },
        ],
        rows: lines.map(({ file, papers }) => {
          const price = papers.find((one) => one.price !== null)?.price ?? null;
          return [idOf(file.subject), told(file), price === null ? '' : moneyText(price)];
        }),
      },
    ],
    notChecked: [
      ...neverChecked,
      'whether the seller keeps to the World Diamond Council’s guidelines',
    ],
    standing,
  };
}

/** Carats of stones and parcels, milligrams of jewellery with its stones. */
function weightOf(file: GoodsFile | ItemFile) {
  if ('item' in file) return { grossMg: file.item.gross_mg };
  const { mct, qualifier, basis } = file.card;
  return { weight: { mct, qualifier, basis } };
}

function distinct(warranties: readonly Warranty[]): readonly Warranty[] {
  const found = new Map(warranties.map((one) => [JSON.stringify(one), one]));
  return [...found.values()];
}

/**
 * The text as the reference data has it now: the wording of the recorded hash, or else that of the paper.
 * Refuses `warranty-not-valid` when it has it no more.
 */
function textOf({ version, textSha256 }: Warranty, paper: Warranted['paper']) {
  const found = warrantyText(version);
  if (found) return found.sha256 === textSha256 ? found : wordingOn(found, paper);
  throw new Refused('warranty-not-valid', `the reference data has no text ${version}`, { version });
}

function warrantyBlocks(warranty: Warranty, paper: Warranted['paper']): readonly Block[] {
  const { version, textSha256, sowId, countries } = warranty;
  const { text, sha256 } = textOf(warranty, paper);
  const same = sha256 === textSha256 ? '' : '; the recorded text was another';
  const sourced = (countries ?? []).join(', ');
  return [
    { block: 'paragraph', text, strong: true },
    {
      block: 'facts',
      rows: [
        ['Text', `${version}, SHA-256 ${textSha256}${same}`],
        ...(sowId === undefined ? [] : [['System of Warranties', sowId] as const]),
        ...(sourced === '' ? [] : [['Countries of sourcing', sourced] as const]),
      ],
    },
  ];
}
