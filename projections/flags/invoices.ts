import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { InvoiceIssued } from '#events/trade';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, Noted } from '#projections/flags/flag';
import { dropGrounds, noted, raise } from '#projections/flags/flag';

/** What one line says of the whole invoice, in words; `line` is its own number, 0 for none. */
type Line = Readonly<{
  invoice: string;
  /** The position of its event in digits of one length, so that they sort. */
  place: string;
  said: Noted;
  line: number;
  whole: Readonly<Record<string, string>>;
}>;

const lines: Table<Line> = {
  name: 'flag_invoice_lines',
  columns: { invoice: 'text', place: 'text', said: 'json', line: 'integer', whole: 'json' },
  key: ['invoice', 'place'],
};

/** The first recorded line of each invoice, which the others are held against. */
const firsts: Table<Readonly<{ invoice: string; first: Line }>> = {
  name: 'flag_invoices',
  columns: { invoice: 'text', first: 'json' },
  key: ['invoice'],
};

/** Of the lines of an invoice that bear one number, the first recorded. */
const numbered: Table<Readonly<{ invoice: string; line: number; first: Line }>> = {
  name: 'flag_invoice_numbers',
  columns: { invoice: 'text', line: 'integer', first: 'json' },
  key: ['invoice', 'line'],
};

/** Which goods are on which invoices, and to whom by the last line that says so. */
const invoicesOf: Table<Readonly<{ subject: string; invoice: string; buyer: string }>> = {
  name: 'flag_invoices_of',
  columns: { subject: 'text', invoice: 'text', buyer: 'text' },
  key: ['subject', 'invoice'],
};

/**
 * `invoice-lines-differ`: an invoice of several goods is recorded on each of them, and its lines do not
 * say the same of the whole (buyer, market, currency, terms, day, how many lines), two are the same line,
 * or the same goods are on it twice. What is said of the whole is compared with the first recorded line: who agrees with it agrees
 * with all. No refusal: which of two is wrong only the seller knows, who corrects it.
 */
export const invoices: FlagFold = {
  tables: [lines, firsts, numbered, invoicesOf],
  handles: ['InvoiceIssued'],
  project,
  forget: async (subject, views) => {
    for (const { invoice } of await views.list(invoicesOf, { subject })) {
      for (const row of await views.list(lines, { invoice })) {
        if (row.said.stream === subject) views.delete(lines, row);
      }
      await judgeAll(views, invoice);
      views.delete(invoicesOf, { subject, invoice });
    }
  },
  settle: async (subject, views) => {
    for (const { invoice } of await views.list(invoicesOf, { subject })) {
      await judgeAll(views, invoice);
    }
  },
};

/** Whether an invoice of the number is recorded on the goods, from the seller to the buyer. */
export async function isInvoiced(
  views: ViewWriter,
  asked: Readonly<{ subject: string; seller: string; buyer: string; invoiceNo: string }>,
): Promise<boolean> {
  const { subject, seller, buyer, invoiceNo } = asked;
  const row = await views.get(invoicesOf, { subject, invoice: invoiceOf(seller, invoiceNo) });
  return row?.buyer === buyer;
}

function invoiceOf(seller: string, invoiceNo: string): string {
  return `invoice ${seller} ${invoiceNo}`;
}

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  if (event.type !== 'InvoiceIssued') return;
  const { stream: subject, data, position } = event;
  const invoice = invoiceOf(data.seller, data.invoiceNo);
  const place = String(position).padStart(20, '0');
  const { no: line = 0 } = data.line ?? {};
  const row = { invoice, place, said: noted(event), line, whole: wholeOf(event.data, event.meta) };
  views.put(lines, row);
  views.put(invoicesOf, { subject, invoice, buyer: data.buyer });
  if (!anew) await judge(views, row);
}

function wholeOf(
  { buyer, market, price, terms = 'none', line }: InvoiceIssued['data'],
  { at }: Recorded['meta'],
) {
  const of = String(line?.of ?? 1);
  return { buyer, market, currency: price.currency, terms, day: at.time.slice(0, 10), lines: of };
}

/** Said again after a correction; with the invoice for owner, as any of its lines may read otherwise. */
async function judgeAll(views: ViewWriter, invoice: string): Promise<void> {
  await dropGrounds(views, invoice);
  views.delete(firsts, { invoice });
  for (const row of await views.list(numbered, { invoice })) views.delete(numbered, row);
  for (const row of await views.list(lines, { invoice })) await judge(views, row);
}

async function judge(views: ViewWriter, own: Line): Promise<void> {
  const { invoice, line } = own;
  const first = (await views.get(firsts, { invoice }))?.first;
  const same = (await views.get(numbered, { invoice, line }))?.first;
  if (!first) views.put(firsts, { invoice, first: own });
  if (!same) views.put(numbered, { invoice, line, first: own });
  const unlike = first ? unlikeIn(first, own) : [];
  const twice = same ? [line === 0 ? 'no line' : `line ${line} twice`] : [];
  if (same !== undefined && same.place === first?.place) {
    return differ(views, first, own, [...unlike, ...twice]);
  }
  if (first) await differ(views, first, own, unlike);
  if (same) await differ(views, same, own, twice);
}

function unlikeIn(first: Line, own: Line): readonly string[] {
  const unlike = Object.keys(first.whole).filter((each) => first.whole[each] !== own.whole[each]);
  return unlike.map((each) => `${each} ${first.whole[each]} and ${own.whole[each]}`);
}

async function differ(
  views: ViewWriter,
  earlier: Line,
  own: Line,
  said: readonly string[],
): Promise<void> {
  const goods = [earlier.said.stream, own.said.stream] as const;
  const isAgain = goods[0] === goods[1];
  if (said.length === 0 && !isAgain) return;
  const unlike = isAgain ? ['twice', ...said] : said;
  const finding = `${own.invoice}: ${unlike.join(', ')} (${[...new Set(goods)].join(', ')})`;
  const { invoice } = own;
  await raise(views, 'invoice-lines-differ', own.said, finding, [earlier.said], [], invoice);
}
