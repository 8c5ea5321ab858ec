import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { ViewWriter } from '#libs/views/views';
import type { FlagFold } from '#projections/flags/flag';
import { raise } from '#projections/flags/flag';
import { isInvoiced } from '#projections/flags/invoices';

/** A link of the chain of title: from whom (`null`: nobody known, or several) to whom, and on what. */
type Link = Readonly<{ from: string | null; to: string; basis: string; invoiceNo?: string }>;

/**
 * `title-without-paper`: each link of the chain of title has the hash of a document (domain I8). That
 * is a document's own, named with the act, or that of an invoice recorded on these goods, from the one
 * party to the other, whose number the act names: the ledger hashes its statement. No refusal: who owns
 * goods is a fact with and without a paper, and of what changed hands long ago it may be lost; who has
 * it after all closes the flag. A consumer's receipt is named by its number alone, as it bears personal
 * data.
 */
export const titlePapers: FlagFold = {
  tables: [],
  handles: ['TitleTransferred', 'TitleShareTransferred', 'TitleContestResolved', 'Forfeited'],
  project,
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const link = linkOf(event);
  if (!link || event.meta.documents?.some(({ sha256 }) => sha256 !== undefined)) return;
  const { from, to, basis, invoiceNo } = link;
  if (from !== null && invoiceNo !== undefined) {
    const asked = { subject: event.stream, seller: from, buyer: to, invoiceNo };
    if (await isInvoiced(views, asked)) return;
  }
  const named =
    invoiceNo === undefined ? 'no paper' : `invoice ${invoiceNo}, which is not on record`;
  const said = `title passed from ${from ?? 'nobody alone'} to ${to} by ${basis} on ${named}`;
  await raise(views, 'title-without-paper', event, said);
}

function linkOf({ type, data }: LedgerEvent): Link | undefined {
  switch (type) {
    case 'TitleTransferred':
    case 'TitleShareTransferred':
      return data;
    case 'TitleContestResolved':
      return data.passed && { ...data.passed, basis: 'decision on a contest' };
    case 'Forfeited':
      return { ...data, basis: 'forfeiture' };
    default:
      return undefined;
  }
}
