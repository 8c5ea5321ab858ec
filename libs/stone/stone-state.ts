import type { Recorded, When } from '#events/event';
import type { TreatmentKind } from '#events/laboratory';
import type { StoneEvent, StoneForm } from '#events/stone';
import type { TradeEvent } from '#events/trade';
import type { Origin, Weight } from '#events/values';
import { later } from '#libs/decider/when';
import { declareOrigin, eitherOrigin } from '#libs/origin/origin';
import type { LiveReport } from '#libs/stone/live-report';
import { withReport } from '#libs/stone/live-report';
import { begun, isOpening } from '#libs/stone/stone-begun';
import type { Opening } from '#libs/stone/stone-begun';
import type { FirstCall } from '#libs/stone/unique-stone';
import type { Holding } from '#libs/trade/holding';
import { evolveHolding } from '#libs/trade/holding';
import { isTradeEvent } from '#libs/trade/kinds';
import type { Sold } from '#libs/trade/retail';
import { afterRetail } from '#libs/trade/retail';
import type { Order } from '#libs/trade/order';
import type { Balance } from '#libs/trade/weight';
import { reduced, taken, weighed } from '#libs/trade/weight';

/** A stone as its decider needs it; `null` before its first event. */
export type Stone = Readonly<{
  form: StoneForm;
  /** It became pieces or polished stones; nothing more can happen to it. */
  consumed: boolean;
  balance: Balance;
  holding: Holding;
  origin: Origin;
  order: Order | null;
  /** How many pieces and polished stones came out of it. */
  parts: number;
  /** `provider/scanId` of every scan. */
  scans: readonly string[];
  /** The scan of each provider that the stone is compared with: the first, or what matched it. */
  fingerprints: Readonly<Record<string, string>>;
  /** Numbers of its cutting plans. */
  plans: readonly string[];
  /** `laboratory/reportNo` of every report issued. */
  reports: readonly string[];
  /** Reports that still describe the stone, at most one full report of a laboratory. */
  liveReports: readonly LiveReport[];
  inscriptions: readonly string[];
  treatments: readonly TreatmentKind[];
  laboratoryGrown: boolean;
  /** The laboratory the stone was submitted to and has not come back from. */
  laboratory: string | null;
  /** The main facets are on: no longer rough for Kimberley. */
  blocked: boolean;
  /** Set for a stone that was designated unique. */
  firstCall: FirstCall | null;
  /** The item the stone is set in; `cause` is the event that set it. */
  setting: Readonly<{ item: string; cause: string }> | null;
  sold: Sold | null;
  /** Event ids of what took the stone out of items. */
  unset: readonly string[];
  /** The record of the same stone this one was given up for. */
  givenUp: Readonly<{ survivor: string; cause: string }> | null;
  /** Stones whose records the custodian agreed to take in. */
  agreed: readonly string[];
  /** Event ids of the records that were taken in or refused. */
  answered: readonly string[];
  /** The event this stone came out of, `null` for one that a party opened. */
  cause: string | null;
  /** The stone's id is at most this long. */
  idLength: number;
  latest: When;
}>;

/** No rules here: what was recorded happened. */
export function evolve(
  stone: Stone | null,
  event: StoneEvent | Recorded<StoneEvent>,
): Stone | null {
  const next = apply(stone, event);
  return next && { ...next, latest: later(next.latest, event.meta.at) };
}

export function scanKey({ provider, scanId }: Readonly<{ provider: string; scanId: string }>) {
  return JSON.stringify([provider, scanId]);
}

export function reportKey(laboratory: string, reportNo: string) {
  return JSON.stringify([laboratory, reportNo]);
}

function apply(stone: Stone | null, event: StoneEvent): Stone | null {
  if (isOpening(event)) return begun(event);
  if (!stone) return null;
  return isTradeEvent(event) ? traded(stone, event) : changed(stone, event);
}

function traded(stone: Stone, event: Extract<StoneEvent, TradeEvent>): Stone {
  const next = { ...stone, holding: evolveHolding(stone.holding, event) };
  switch (event.type) {
    case 'CustodyReleased':
    case 'CustodyAccepted':
      return stone.order ? next : { ...next, balance: weighed(stone.balance, event.data.weight) };
    case 'CustodyRefused':
    case 'CustodyReleaseWithdrawn':
      return stone.holding.release?.purpose === 'laboratory' ? { ...next, laboratory: null } : next;
    case 'TitleTransferred':
    case 'Forfeited':
      return { ...next, firstCall: stone.firstCall && { ...stone.firstCall, declined: true } };
    case 'OriginContestResolved': {
      const { origin } = event.data;
      return origin ? { ...next, origin: declareOrigin(stone.origin, origin) } : next;
    }
    case 'OriginContestFollowed':
      return { ...next, origin: eitherOrigin(stone.origin, event.data.origin) };
    default:
      return next;
  }
}

function changed(stone: Stone, event: Exclude<StoneEvent, TradeEvent | Opening>): Stone {
  const { meta } = event;
  switch (event.type) {
    case 'OriginDeclared':
      return { ...stone, origin: declareOrigin(stone.origin, event.data.origin) };
    case 'RoughScanned': {
      const { provider, scanId } = event.data;
      const fingerprints = { [provider]: scanId, ...stone.fingerprints };
      return { ...stone, scans: [...stone.scans, scanKey(event.data)], fingerprints };
    }
    case 'RoughScanMatched': {
      const { provider, scanId, matched } = event.data;
      if (!matched) return stone;
      return { ...stone, fingerprints: { ...stone.fingerprints, [provider]: scanId } };
    }
    case 'CuttingPlanApproved':
      return { ...stone, plans: [...stone.plans, event.data.planNo] };
    case 'ManufacturingStarted':
      return { ...stone, order: { orderNo: event.data.orderNo, by: meta.by } };
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken': {
      const { pieces, loss } = event.data;
      const weights = pieces.map(({ weight }) => weight);
      return {
        ...stone,
        consumed: true,
        order: null,
        balance: taken(stone.balance, weights, loss),
        parts: stone.parts + pieces.length,
      };
    }
    case 'PolishedDiamondProduced':
      return {
        ...stone,
        balance: taken(stone.balance, [event.data.weight]),
        parts: stone.parts + 1,
      };
    case 'ManufacturingLossRecorded':
      return { ...stone, balance: taken(stone.balance, [], event.data.weight) };
    case 'ManufacturingClosed':
      return { ...stone, consumed: true, order: null };
    case 'StoneBlocked':
      return { ...lighter(stone, event.data.weightAfter), blocked: true };
    case 'RoughCleaned':
    case 'StoneBruted':
      return lighter(stone, event.data.weightAfter);
    case 'StoneRecut':
    case 'StoneRepolished':
      return { ...lighter(stone, event.data.weightAfter), liveReports: [] };
    case 'GradingReportIssued': {
      const { laboratory, reportNo } = event.data;
      return {
        ...stone,
        reports: [...stone.reports, reportKey(laboratory, reportNo)],
        liveReports: withReport(stone.liveReports, event.data),
      };
    }
    case 'LaserInscriptionApplied':
      return { ...stone, inscriptions: [...stone.inscriptions, event.data.text] };
    case 'LaserInscriptionRemoved': {
      const { text } = event.data;
      return { ...stone, inscriptions: stone.inscriptions.filter((each) => each !== text) };
    }
    case 'TreatmentDisclosed':
      return { ...stone, treatments: [...stone.treatments, event.data.kind] };
    case 'LaboratoryGrownDetected':
      return { ...stone, laboratoryGrown: true };
    case 'SubmittedToLaboratory':
      return { ...stone, laboratory: event.data.laboratory };
    case 'ReturnedFromLaboratory':
      return { ...stone, laboratory: null };
    case 'UniqueStoneDesignated':
      return {
        ...stone,
        firstCall: { country: event.data.country ?? null, offeredTo: null, declined: false },
      };
    case 'StateOfferMade':
      return {
        ...stone,
        firstCall: stone.firstCall && {
          ...stone.firstCall,
          offeredTo: event.data.to,
          declined: false,
        },
      };
    case 'StateOfferDeclined':
      return { ...stone, firstCall: stone.firstCall && { ...stone.firstCall, declined: true } };
    case 'RetailSold':
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return afterRetail(stone, event);
    case 'StoneSet':
      return { ...stone, setting: { item: event.data.item, cause: meta.id } };
    case 'SettingReturned':
      return { ...stone, setting: null };
    case 'StoneUnset': {
      const { custodian, owner, shares = [], cause } = event.data;
      const holding = { ...stone.holding, custodian, owner, shares, release: null };
      return { ...stone, holding, setting: null, unset: [...stone.unset, cause] };
    }
    case 'IdentityGivenUp': {
      const givenUp = { survivor: event.data.survivor, cause: meta.id };
      return { ...stone, consumed: true, givenUp };
    }
    case 'IdentityRestored':
      return { ...stone, consumed: false, givenUp: null };
    case 'IdentityMergeAgreed':
      return { ...stone, agreed: [...stone.agreed, event.data.merged] };
    case 'IdentitiesMerged': {
      const { cause, origin } = event.data;
      const answered = [...stone.answered, cause];
      return { ...stone, answered, origin: declareOrigin(stone.origin, origin) };
    }
    case 'IdentityMergeRefused':
      return { ...stone, answered: [...stone.answered, event.data.cause] };
    case 'IdentitySplit':
      return { ...stone, parts: stone.parts + 1 };
    case 'StoneNamed':
    case 'StoneMatchedToReport':
    case 'ReportMismatchFound':
    case 'RoughValued':
    case 'StateControlPassed':
    case 'LaserInscriptionVerified':
      return stone;
  }
}

/** Weighed anew after something was taken off. */
function lighter(stone: Stone, after: Weight): Stone {
  return { ...stone, balance: reduced(stone.balance, after) };
}
