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

/** Which goods are on which invoices. */
const invoicesOf: Table<Readonly<{ subject: string; invoice: string }>> = {
  name: 'flag_invoices_of',
  columns: { subject: 'text', invoice: 'text' },
  key: ['subject', 'invoice'],
};

/**
 * `invoice-lines-differ`: an invoice of several goods is recorded on each of them, and its lines do not
 * say the same of the whole: buyer, market, currency, terms, day, how many lines. Each is compared with
 * the first recorded one. No refusal: which of two is wrong only the seller knows, who corrects it.
 */
export const invoices: FlagFold = {
  tables: [lines, firsts, invoicesOf],
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

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  if (event.type !== 'InvoiceIssued') return;
  const { stream: subject, data, position } = event;
  const invoice = `invoice ${data.seller} ${data.invoiceNo}`;
  const place = String(position).padStart(20, '0');
  const { no: line = 0 } = data.line ?? {};
  const row = { invoice, place, said: noted(event), line, whole: wholeOf(event.data, event.meta) };
  views.put(lines, row);
  views.put(invoicesOf, { subject, invoice });
  if (anew) return;
  const known = await views.get(firsts, { invoice });
  if (known) await judge(views, known.first, row);
  else views.put(firsts, { invoice, first: row });
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
  const [first, ...others] = await views.list(lines, { invoice });
  if (!first) return views.delete(firsts, { invoice });
  views.put(firsts, { invoice, first });
  for (const other of others) await judge(views, first, other);
}

async function judge(views: ViewWriter, first: Line, other: Line): Promise<void> {
  if (first.said.stream === other.said.stream) return;
  const unlike = Object.keys(first.whole).filter((each) => first.whole[each] !== other.whole[each]);
  const said = unlike.map((each) => `${each} ${first.whole[each]} and ${other.whole[each]}`);
  if (first.line === other.line)
    said.push(first.line === 0 ? 'no line' : `line ${first.line} twice`);
  if (said.length === 0) return;
  const finding = `${first.invoice}: ${said.join(', ')}`;
  await raise(views, 'invoice-lines-differ', other.said, finding, [first.said], [], first.invoice);
}
