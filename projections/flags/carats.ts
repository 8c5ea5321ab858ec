import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Weight } from '#events/values';
import type { Range } from '#libs/trade/weight';
import { parcelError, rangeOf, scaleOf, sumOf, taken, untouched } from '#libs/trade/weight';
import type { Table, ViewReader, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/**
 * What went into goods and came out again, in mct. `most` and `out_most` end at the largest whole
 * number: a bound like “over 200 ct” has no upper end. `weighed` is the event that set `most`;
 * `slack` is how far the scales may err; `is_over` when more came out than went in. `life` are the
 * positions from which on the goods were there, were not (cut up, mixed, given up), were again, and
 * so on.
 */
type Account = Readonly<{
  subject: string;
  least: number;
  most: number;
  out_least: number;
  out_most: number;
  slack: number;
  weighed: FlaggedEvent;
  life: readonly string[];
  is_over: number;
}>;

const accounts: Table<Account> = {
  name: 'flag_accounts',
  columns: {
    subject: 'text',
    least: 'integer',
    most: 'integer',
    out_least: 'integer',
    out_most: 'integer',
    slack: 'integer',
    weighed: 'json',
    life: 'json',
    is_over: 'integer',
  },
  key: ['subject'],
};

/**
 * `carats-from-nowhere`: pieces, polished stones or parts above what their source weighed. The
 * deciders refuse more than the record says; it shows when a receiver weighed the source lighter than
 * its record, and when one record is split into two stones, of which only one was ever recovered.
 * `source-not-in-ledger`: a record begun late without any paper.
 */
export const carats: FlagFold = {
  tables: [accounts],
  handles: [
    'RoughDiamondRecovered',
    'HistoryOpened',
    'StoneOpened',
    'ProductionLotRecovered',
    'ParcelHistoryOpened',
    'ParcelOpened',
    'MixReceived',
    'MixReturned',
    'ParcelMixed',
    'WeightDiscrepancyRecorded',
    'RoughCleaned',
    'StoneBruted',
    'StoneBlocked',
    'StoneRecut',
    'StoneRepolished',
    'RoughSawn',
    'RoughCleaved',
    'StoneBroken',
    'PolishedDiamondProduced',
    'PolishedParcelProduced',
    'ParcelSorted',
    'ParcelSplit',
    'StoneSingledOut',
    'LaboratoryGrownDetected',
    'MeleeSet',
    'MeleeReturned',
    'ManufacturingClosed',
    'IdentitySplit',
    'IdentityGivenUp',
    'IdentityRestored',
  ],
  project,
  forget: (subject, views) => views.delete(accounts, { subject }),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  const weight = openingWeight(event);
  const row = await views.get(accounts, { subject });
  if (weight) {
    views.put(accounts, opened(event, weight, row));
    return checkSource(event, views);
  }
  if (event.type === 'MixReceived') {
    const { content } = event.data;
    return views.put(
      accounts,
      row ? joined(row, event, content.weight) : opened(event, content.weight),
    );
  }
  if (!row) return;
  if (event.type === 'IdentitySplit') return checkSplit(row, event, views);
  const after = changed(row, event);
  if (after === row) return;
  const isOver = after.out_least > after.most + after.slack;
  if (isOver && row.is_over === 0) {
    const said = `${after.out_least} mct out of goods that weighed ${after.most} mct`;
    await raise(views, 'carats-from-nowhere', event, said, [row.weighed]);
  }
  views.put(accounts, { ...after, is_over: isOver ? 1 : row.is_over });
}

/** Of two stones in one record only one can have been recovered: the record weighs what one does. */
async function checkSplit(
  row: Account,
  event: Extract<Recorded<LedgerEvent>, { type: 'IdentitySplit' }>,
  views: ViewWriter,
): Promise<void> {
  const both = row.least - row.out_most + rangeOf(event.data.weight).min;
  if (both <= row.most + row.slack) return;
  const said = `two stones of ${both} mct together where ${row.most} mct are recorded`;
  await raise(views, 'carats-from-nowhere', event, said, [row.weighed]);
}

/** A stone that came out of another has its parent's event; older goods have a paper at least. */
async function checkSource(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  if (event.type === 'StoneOpened' || event.type === 'ParcelOpened') {
    const { stream } = event.data.parent;
    if (await views.get(accounts, { subject: stream })) return;
    const said = `it came out of ${stream}, which nobody recorded`;
    return raise(views, 'source-not-in-ledger', event, said, [], [stream]);
  }
  if (event.type !== 'HistoryOpened' && event.type !== 'ParcelHistoryOpened') return;
  if ((event.meta.documents ?? []).length > 0) return;
  const said = `its record begins here without a paper: ${event.data.basis}`;
  return raise(views, 'source-not-in-ledger', event, said);
}

function openingWeight(event: Recorded<LedgerEvent>): Weight | undefined {
  switch (event.type) {
    case 'RoughDiamondRecovered':
    case 'HistoryOpened':
    case 'StoneOpened':
      return event.data.weight;
    case 'ProductionLotRecovered':
    case 'ParcelHistoryOpened':
    case 'ParcelOpened':
      return event.data.content.weight;
    default:
      return undefined;
  }
}

function opened(event: Recorded<LedgerEvent>, weight: Weight, before?: Account): Account {
  const { min, max } = bounded(rangeOf(weight));
  const { stream: subject } = event;
  const slack = subject.startsWith('parcel-')
    ? parcelError({ min, max }, scaleOf(weight))
    : scaleOf(weight);
  const life = lived(before?.life ?? [], true, event);
  const nothing = { out_least: 0, out_most: 0, life, is_over: 0 };
  return { subject, least: min, most: max, slack, weighed: flaggedEvent(event), ...nothing };
}

function changed(row: Account, event: Recorded<LedgerEvent>): Account {
  switch (event.type) {
    case 'WeightDiscrepancyRecorded':
      return lighter(row, event, event.data.weight);
    case 'RoughCleaned':
    case 'StoneBruted':
    case 'StoneBlocked':
    case 'StoneRecut':
    case 'StoneRepolished':
      return lighter(row, event, event.data.weightAfter);
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
      return consumed(out(row, event.data.pieces), event);
    case 'PolishedDiamondProduced':
    case 'StoneSingledOut':
      return out(row, [event.data]);
    case 'PolishedParcelProduced':
    case 'MeleeSet':
      return out(row, [event.data.content]);
    case 'ParcelMixed':
      return consumed(out(row, [event.data.content]), event);
    case 'ParcelSorted':
      return consumed(out(row, contents(event.data.parts)), event);
    case 'ParcelSplit':
      return out(row, contents(event.data.parts));
    case 'LaboratoryGrownDetected':
      return event.data.part ? out(row, [event.data.part.content]) : row;
    case 'MeleeReturned':
    case 'MixReturned':
      return back(row, event, event.data.content.weight);
    case 'ManufacturingClosed':
    case 'IdentityGivenUp':
      return consumed(row, event);
    case 'IdentityRestored':
      return { ...row, life: lived(row.life, true, event) };
    default:
      return row;
  }
}

type Weighed = Readonly<{ weight: Weight }>;

function out(row: Account, parts: readonly Weighed[]): Account {
  const before = {
    ...untouched(nothing, row.slack),
    out: { min: row.out_least, max: row.out_most },
  };
  const { out: sum, slack } = taken(
    before,
    parts.map(({ weight }) => weight),
  );
  const { min: out_least, max: out_most } = bounded(sum);
  return { ...row, out_least, out_most, slack };
}

function back(row: Account, event: Recorded, weight: Weight): Account {
  const { min, max } = bounded(rangeOf(weight));
  const [out_least, out_most] = [row.out_least - min, row.out_most - max];
  return {
    ...row,
    out_least: Math.max(0, out_least),
    out_most: Math.max(0, out_most),
    life: lived(row.life, true, event),
  };
}

/** What is left was weighed; goods never weigh more than they did. */
function lighter(row: Account, event: Recorded<LedgerEvent>, weight: Weight): Account {
  const { min, max } = bounded(rangeOf(weight));
  const most = Math.min(Number.MAX_SAFE_INTEGER, max + row.out_most);
  if (most >= row.most) return row;
  return {
    ...row,
    least: Math.min(row.least, min + row.out_least),
    most,
    weighed: flaggedEvent(event),
  };
}

function joined(row: Account, event: Recorded, weight: Weight): Account {
  const range = rangeOf(weight);
  const { min: least, max: most } = bounded(sumOf([{ min: row.least, max: row.most }, range]));
  const slack = row.slack + parcelError(range, scaleOf(weight));
  return { ...row, least, most, slack, life: lived(row.life, true, event) };
}

const nothing: Range = { min: 0, max: 0 };

function contents(parts: readonly Readonly<{ content: Weighed }>[]): readonly Weighed[] {
  return parts.map(({ content }) => content);
}

function bounded({ min, max }: Range): Range {
  return { min, max: Math.min(max, Number.MAX_SAFE_INTEGER) };
}

/** What is left of goods, as far as it is known; `undefined` for goods nobody recorded. */
export async function leftNow(
  views: ViewReader,
  subject: string,
): Promise<Readonly<{ range: Range; weighed: FlaggedEvent }> | undefined> {
  const row = await views.get(accounts, { subject });
  if (!row) return undefined;
  const min = Math.max(0, row.least - row.out_most);
  return { range: { min, max: Math.max(0, row.most - row.out_least) }, weighed: row.weighed };
}

/** Whether a stone or parcel was there as such just then: not cut up, mixed or given up. */
export async function wasLive(
  views: ViewReader,
  subject: string,
  position: string,
): Promise<boolean> {
  const { life = [] } = (await views.get(accounts, { subject })) ?? {};
  return isThere(life.filter((since) => BigInt(since) <= BigInt(position)));
}

function isThere(life: readonly string[]): boolean {
  return life.length % 2 === 1;
}

function lived(life: readonly string[], there: boolean, { position }: Recorded): readonly string[] {
  return isThere(life) === there ? life : [...life, String(position)];
}

function consumed(row: Account, event: Recorded): Account {
  return { ...row, life: lived(row.life, false, event) };
}
