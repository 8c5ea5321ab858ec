import type { LedgerEvent } from '#events/ledger-event';
import { soleOwner } from '#libs/trade/holding';
import { wholePpm } from '#libs/origin/origin';

/** What holds of goods at a moment, told from their events alone and by no decider. */
type Hands = Readonly<{
  custodian: string;
  owner: string | null;
  release: string | null;
  /** Set in a piece of jewellery, or with a consumer: nothing moves by itself. */
  away: 'set' | 'consumer' | null;
  stopped: readonly string[];
  /** The event that ended them, while it stands. */
  ended: string | null;
}>;

/** What may still be recorded of goods that are no more: answers, and what is said of the past. */
const afterEnd: ReadonlySet<string> = new Set([
  'MixReturned',
  'MixReceived',
  'MixRefused',
  'IdentityRestored',
  'IdentityMergeRefused',
  'PackingRefused',
  'GoodsUnpacked',
  'GoodsTransited',
  'GoodsCertified',
  'GoodsDecertified',
  'SettingReturned',
  'MeleeReturned',
  'StoneNotTakenIn',
  'MeleeNotTakenIn',
  'HallmarkReturned',
  'OriginContested',
  'OriginContestResolved',
  'OriginContestFollowed',
]);

/** One custodian, one owner, no event of what is no more (domain I4, I5, I8, I12, I15). */
export function custodyChain() {
  let hands: Hands | null = null;

  /** What the next event in force does not fit in with, in words; empty when it does. */
  return function take(event: LedgerEvent): readonly string[] {
    if (!hands) {
      hands = begun(event);
      return [];
    }
    const problems = [...strange(hands, event)];
    hands = next(hands, event);
    return problems;
  };
}

function begun({ type, data, meta }: LedgerEvent): Hands | null {
  const none = { release: null, away: null, stopped: [], ended: null } as const;
  switch (type) {
    case 'RoughDiamondRecovered':
    case 'ProductionLotRecovered':
    case 'JewelleryItemMade':
      return { ...none, custodian: meta.by, owner: meta.by };
    case 'HistoryOpened':
    case 'ParcelHistoryOpened':
      return { ...none, custodian: meta.by, owner: data.owner ?? null };
    case 'StoneOpened':
    case 'ParcelOpened':
    case 'MixReceived':
      return { ...none, custodian: data.custodian, owner: data.owner };
    default:
      return null;
  }
}

function* strange(hands: Hands, event: LedgerEvent): Generator<string> {
  const { custodian, owner, release, away, stopped, ended } = hands;
  const { type, data } = event;
  if (ended && !afterEnd.has(type)) yield `I15: ${type} behind ${ended}`;
  switch (type) {
    case 'CustodyReleased':
      if (away) yield `I12: released while ${away === 'set' ? 'set' : 'with a consumer'}`;
      if (data.from !== custodian) yield `I5: released by ${data.from}, held by ${custodian}`;
      if (release !== null) yield `I5: released to ${data.to} while released to ${release}`;
      return;
    case 'CustodyAccepted':
      if (data.to !== release) yield `I5: accepted by ${data.to}, released to ${String(release)}`;
      if (data.from !== custodian) yield `I5: accepted from ${data.from}, held by ${custodian}`;
      return;
    case 'TitleTransferred':
      if (away) yield `I12: sold while ${away === 'set' ? 'set' : 'with a consumer'}`;
      if (owner !== null && data.from !== owner) {
        yield `I8: title passed by ${data.from}, held by ${owner}`;
      }
      if (stopped.length > 0) yield `I8: title passed while ${stopped.join(', ')}`;
      return;
    case 'TitleShareTransferred': {
      if (away) yield `I12: shared while ${away === 'set' ? 'set' : 'with a consumer'}`;
      if (owner !== null && data.from !== owner) {
        yield `I8: share passed by ${data.from}, held by ${owner}`;
      }
      const all = data.shares.reduce((sum, { ppm }) => sum + ppm, 0);
      if (all !== wholePpm) yield `I8: shares of the title sum to ${all} ppm`;
      return;
    }
    case 'StoneSet':
      if (away) yield 'I5: set while it was set or with a consumer';
      return;
    case 'Recovered':
    case 'Seized':
      if (data.from !== custodian) yield `I5: taken from ${data.from}, held by ${custodian}`;
      return;
    default:
  }
}

function next(hands: Hands, { type, data, meta }: LedgerEvent): Hands {
  const without = (what: string) => hands.stopped.filter((each) => each !== what);
  switch (type) {
    case 'CustodyReleased':
      return { ...hands, release: data.to };
    case 'CustodyAccepted':
      return { ...hands, custodian: data.to, release: null };
    case 'CustodyRefused':
    case 'CustodyReleaseWithdrawn':
      return { ...hands, release: null };
    case 'Recovered':
      return { ...hands, custodian: data.custodian, release: null, stopped: without('missing') };
    case 'Seized':
      return {
        ...hands,
        custodian: data.custodian,
        release: null,
        stopped: [...hands.stopped, 'seized'],
      };
    case 'ReleasedFromSeizure':
      return { ...hands, stopped: without('seized') };
    case 'Forfeited':
      return { ...hands, owner: data.to, stopped: without('seized') };
    case 'LossReported':
    case 'TheftReported':
      return { ...hands, stopped: [...without('missing'), 'missing'] };
    case 'HoldPlaced':
      return { ...hands, stopped: [...hands.stopped, `on hold ${data.holdNo}`] };
    case 'HoldReleased':
      return { ...hands, stopped: without(`on hold ${data.holdNo}`) };
    case 'TitleTransferred':
      return { ...hands, owner: data.to };
    case 'TitleShareTransferred':
      return { ...hands, owner: soleOwner(data.shares) };
    case 'TitleContested':
      return { ...hands, stopped: [...hands.stopped, `claimed ${data.contestNo}`] };
    case 'TitleContestResolved': {
      const owner = data.passed ? data.passed.to : hands.owner;
      return { ...hands, owner, stopped: without(`claimed ${data.contestNo}`) };
    }
    case 'StoneSet':
      return { ...hands, away: 'set' };
    case 'SettingReturned':
      return { ...hands, away: null };
    case 'StoneUnset':
      return { ...hands, away: null, custodian: data.custodian, owner: data.owner, release: null };
    case 'RetailSold':
      return { ...hands, away: 'consumer' };
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return { ...hands, away: null, custodian: meta.by, owner: meta.by, release: null };
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
    case 'ManufacturingClosed':
    case 'ParcelSorted':
    case 'ParcelMixed':
    case 'IdentityGivenUp':
    case 'ItemBrokenUp':
      return { ...hands, ended: type };
    case 'MixReturned':
    case 'IdentityRestored':
      return { ...hands, ended: null };
    default:
      return hands;
  }
}
