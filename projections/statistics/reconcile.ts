import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { countryOfMine } from '#libs/trade/recovery';
import type { Range } from '#libs/trade/weight';
import { rangeOf, sumOf } from '#libs/trade/weight';
import type { Account } from '#projections/statistics/account';
import { evolveAccount, faultOf, leftOf } from '#projections/statistics/account';
import { periodOf } from '#projections/statistics/period';
import type { Figure } from '#projections/statistics/totals';

/** Where the books do not close: a stream or a figure, and by how many mct. */
export type Difference = Readonly<{
  of: string;
  what:
    | 'more-out-than-in'
    | 'unaccounted'
    | 'parts-differ'
    | 'books-do-not-close'
    | 'production-differs';
  mct: number;
}>;

/** Bounds in mct; `most` is null where a bound like “over 200 ct” has no upper end. */
type Bounds = Readonly<{ least: number; most: number | null }>;

/**
 * in = out + stock + loss, over the whole ledger. In: recovered, brought in from before the ledger,
 * and `split`, second stones of records that stood for two. Out: melee set in jewellery and records merged into another of the same stone. Stock: all
 * goods that are there as such, those set in jewellery and sold with it among them. `scales` is what
 * every weighing together may err by. `differences` names everything that does not close; `ledger`
 * alone, where each goods’ own books close and yet more came of all of them than went in: parts that
 * were only known to be under 1 ct each may turn out to be more together than there was.
 */
export type Reconciliation = Readonly<{
  recovered: Bounds;
  broughtIn: Bounds;
  split: Bounds;
  out: Bounds;
  stock: Bounds;
  loss: Bounds;
  scales: number;
  goods: number;
  differences: readonly Difference[];
}>;

/** Takes the events of a ledger in order, as they read now, and closes the books at the end. */
export function reconciliation() {
  const accounts = new Map<string, Account>();
  /** By the id of the event that divides: what it gave out, less what came of it. */
  const divided = new Map<string, { stream: string; mct: number }>();
  const production = new Map<string, number>();
  const split: Range[] = [];

  return { take, close };

  function take(event: Recorded<LedgerEvent>): void {
    const { stream } = event;
    const after = evolveAccount(accounts.get(stream), event);
    if (after) accounts.set(stream, after);
    countParts(event);
    if (event.type === 'IdentitySplit') split.push(rangeOf(event.data.weight));
    if (event.type === 'RoughDiamondRecovered') {
      produce(countryOfMine(event.data), periodOf(event.meta.at), event.data.weight.mct);
    }
    if (event.type === 'ProductionLotRecovered') {
      const { to, content } = event.data;
      produce(countryOfMine(event.data), periodOf(to), content.weight.mct);
    }
  }

  function produce(country: string | undefined, period: string, mct: number): void {
    const key = `${country ?? ''} ${period}`;
    production.set(key, (production.get(key) ?? 0) + mct);
  }

  function countParts(event: Recorded<LedgerEvent>): void {
    const given = givenOut(event);
    if (given !== undefined) {
      divided.set(event.meta.id, { stream: event.stream, mct: given });
    }
    const { cause, mct } = takenIn(event) ?? {};
    const division = cause === undefined ? undefined : divided.get(cause);
    if (division && mct !== undefined) division.mct -= mct;
  }

  function close(figures: readonly Figure[]): Reconciliation {
    const all = [...accounts.values()];
    const live = all.filter(({ isOver }) => !isOver);
    const of = (source: Account['source']) =>
      all.filter((account) => account.source === source).map((account) => account.in);
    const out = sumOf(all.flatMap(({ melee, merged }) => [melee, merged]));
    const stock = sumOf(live.map(leftOf));
    const loss = sumOf(all.map((account) => account.loss));
    const scales = all.reduce((sum, { slack }) => sum + slack, 0);
    const whole = sumOf([...of('recovered'), ...of('brought-in'), ...split]);
    const gone = sumOf([out, stock, loss]);
    const missing = Math.max(0, whole.min - gone.max - scales, gone.min - whole.max - scales);
    const mct = gone.min > whole.max ? -missing : missing;
    const books = missing > 0 ? [{ of: 'ledger', what: 'books-do-not-close', mct } as const] : [];
    return {
      recovered: shown(sumOf(of('recovered'))),
      broughtIn: shown(sumOf(of('brought-in'))),
      split: shown(sumOf(split)),
      out: shown(out),
      stock: shown(stock),
      loss: shown(loss),
      scales,
      goods: all.length,
      differences: [...books, ...openAccounts(), ...openParts(), ...otherProduction(figures)],
    };
  }

  function openAccounts(): readonly Difference[] {
    return [...accounts].flatMap(([of, account]) => {
      const mct = faultOf(account);
      if (mct === 0) return [];
      return [{ of, what: mct < 0 ? 'more-out-than-in' : 'unaccounted', mct } as const];
    });
  }

  function openParts(): readonly Difference[] {
    return [...divided.values()].flatMap(({ stream, mct }) =>
      mct === 0 ? [] : [{ of: stream, what: 'parts-differ', mct } as const],
    );
  }

  function otherProduction(figures: readonly Figure[]): readonly Difference[] {
    const filed = new Map<string, number>();
    for (const { flow, unit, country, period, amount } of figures) {
      if (flow !== 'production' || unit !== 'mct') continue;
      const key = `${country} ${period}`;
      filed.set(key, (filed.get(key) ?? 0) + amount);
    }
    return [...new Set([...production.keys(), ...filed.keys()])].flatMap((key) => {
      const mct = (production.get(key) ?? 0) - (filed.get(key) ?? 0);
      return mct === 0 ? [] : [{ of: key, what: 'production-differs', mct } as const];
    });
  }
}

function shown({ min, max }: Range): Bounds {
  return { least: min, most: max === Infinity ? null : max };
}

/** What an event gives to goods of their own: each is opened with just that weight. */
function givenOut(event: Recorded<LedgerEvent>): number | undefined {
  switch (event.type) {
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
      return event.data.pieces.reduce((sum, { weight }) => sum + weight.mct, 0);
    case 'ParcelSorted':
    case 'ParcelSplit':
      return event.data.parts.reduce((sum, { content }) => sum + content.weight.mct, 0);
    case 'PolishedDiamondProduced':
    case 'StoneSingledOut':
    case 'IdentitySplit':
      return event.data.weight.mct;
    case 'PolishedParcelProduced':
    case 'ParcelMixed':
      return event.data.content.weight.mct;
    case 'LaboratoryGrownDetected':
      return event.data.part?.content.weight.mct;
    default:
      return undefined;
  }
}

function takenIn(
  event: Recorded<LedgerEvent>,
): Readonly<{ cause: string; mct: number }> | undefined {
  switch (event.type) {
    case 'StoneOpened':
      return { cause: event.data.cause, mct: event.data.weight.mct };
    case 'ParcelOpened':
    case 'MixReceived':
    case 'MixReturned':
      return { cause: event.data.cause, mct: event.data.content.weight.mct };
    default:
      return undefined;
  }
}
