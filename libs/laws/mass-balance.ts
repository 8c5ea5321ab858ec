import type { LedgerEvent } from '#events/ledger-event';
import type { Content } from '#events/parcel';
import type { Weight } from '#events/values';
import { Refused } from '#libs/decider/decider';
import type { Balance, Range } from '#libs/trade/weight';
import {
  checkAccounted,
  checkNotGained,
  checkReduced,
  leftOf,
  parcelError,
  parcelShare,
  rangeOf,
  reduced,
  scaleOf,
  sumOf,
  taken,
  untouched,
  weighed,
  worseError,
} from '#libs/trade/weight';

type Account = Readonly<{ balance: Balance; pieces: number | null; ordered: boolean }>;

/** No carats from nowhere and none gone unaccounted, pieces likewise (domain I1, I2, I3). */
export function massBalance(isParcel: boolean) {
  let account: Account | null = null;

  return { take, left };

  /** What there is now can weigh; `null` before the first event. */
  function left(): Range | null {
    return account && leftOf(account.balance);
  }

  /** What the next event in force does not fit in with, in words; empty when it does. */
  function take(event: LedgerEvent): readonly string[] {
    const begins = contentOf(event);
    if (!account) {
      if (begins) account = opened(begins, isParcel);
      return [];
    }
    const problems: string[] = [];
    const hold = (law: string, check: () => void) => {
      try {
        check();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        problems.push(`${law}: ${error.message}`);
      }
    };
    account = after(account, event, isParcel, hold);
    return problems;
  }
}

function opened({ weight, pieces }: Content, isParcel: boolean): Account {
  const whole = rangeOf(weight);
  const share = isParcel ? parcelShare(whole) : 0;
  return {
    balance: untouched(whole, scaleOf(weight), share),
    pieces: pieces ?? null,
    ordered: false,
  };
}

/** What goods begin with. */
function contentOf({ type, data }: LedgerEvent): Content | undefined {
  switch (type) {
    case 'RoughDiamondRecovered':
    case 'HistoryOpened':
    case 'StoneOpened':
      return { weight: data.weight };
    case 'ProductionLotRecovered':
    case 'ParcelHistoryOpened':
    case 'ParcelOpened':
    case 'MixReceived':
      return data.content;
    default:
      return undefined;
  }
}

type Hold = (law: string, check: () => void) => void;

function after(account: Account, event: LedgerEvent, isParcel: boolean, hold: Hold): Account {
  const { type, data } = event;
  const out = (parts: readonly Content[], loss?: Weight): Account => {
    const balance = taken(
      account.balance,
      parts.map(({ weight }) => weight),
      loss,
    );
    hold('I1', () => checkNotGained(balance));
    return { ...account, balance, pieces: left(account.pieces, parts, hold) };
  };
  const all = (parts: readonly Content[], loss: Weight): Account => {
    const next = out(parts, loss);
    hold('I1', () => checkAccounted(next.balance));
    return next;
  };
  switch (type) {
    case 'CustodyReleased':
    case 'CustodyAccepted':
      if (account.ordered || isParcel) return account;
      return { ...account, balance: weighed(account.balance, data.weight) };
    case 'RoughCleaned':
    case 'StoneBruted':
    case 'StoneBlocked':
    case 'StoneRecut':
    case 'StoneRepolished': {
      const { balance } = account;
      const share = isParcel ? parcelShare(balance.whole) : 0;
      const error = worseError(balance, data.weightAfter) + share;
      hold('I2', () => checkReduced(balance, data.weightAfter, error));
      return { ...account, balance: reduced(balance, data.weightAfter, share) };
    }
    case 'ManufacturingStarted':
      return { ...account, ordered: true, pieces: null };
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
      return all(data.pieces, data.loss);
    case 'PolishedDiamondProduced':
      return out([{ weight: data.weight }]);
    case 'PolishedParcelProduced':
      return out([data.content]);
    case 'ManufacturingLossRecorded':
      return out([], data.weight);
    case 'ManufacturingClosed':
      hold('I1', () => checkAccounted(account.balance));
      return account;
    case 'ParcelSorted':
      return all(
        data.parts.map(({ content }) => content),
        data.loss,
      );
    case 'ParcelSplit':
      return out(data.parts.map(({ content }) => content));
    case 'StoneSingledOut':
      return out([{ weight: data.weight, pieces: 1 }]);
    case 'LaboratoryGrownDetected':
      return data.part ? out([data.part.content]) : account;
    case 'MeleeSet':
      return out([data.content]);
    case 'MeleeReturned':
    case 'MixReceived':
      return joined(account, data.content);
    default:
      return account;
  }
}

function joined({ balance, pieces, ordered }: Account, content: Content): Account {
  const whole = sumOf([balance.whole, rangeOf(content.weight)]);
  const counted = pieces === null || content.pieces === undefined ? null : pieces + content.pieces;
  const slack = balance.slack + parcelError(rangeOf(content.weight), scaleOf(content.weight));
  return { balance: { ...balance, whole, slack }, pieces: counted, ordered };
}

function left(pieces: number | null, parts: readonly Content[], hold: Hold): number | null {
  const counts = parts.map((part) => part.pieces);
  if (pieces === null || !counts.every((count) => count !== undefined)) return null;
  const rest = counts.reduce((sum, count) => sum - count, pieces);
  hold('I3', () => {
    if (rest < 0) throw new Refused('pieces-differ', `${-rest} pieces more came out than went in`);
  });
  return Math.max(0, rest);
}
