import type { Recorded, When } from '#events/event';
import type { StoneEvent, StoneForm } from '#events/stone';
import { longestChosenId } from '#events/streams';
import type { Origin } from '#events/values';
import { later } from '#libs/decider/when';
import { declareOrigin } from '#libs/origin/origin';
import { originOfMine } from '#libs/trade/recovery';
import type { Holding } from '#libs/trade/holding';
import { evolveHolding, heldBy } from '#libs/trade/holding';
import { longestPartId } from '#libs/trade/part';
import type { Balance } from '#libs/trade/weight';
import { rangeOf, stoneError, taken, untouched, weighed } from '#libs/trade/weight';

/** An open manufacturing order; it stands while the party that began it holds the stone. */
export type Order = Readonly<{ orderNo: string; by: string }>;

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
  /** `laboratory/reportNo` of every report issued. */
  reports: readonly string[];
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
  const { meta } = event;
  switch (event.type) {
    case 'RoughDiamondRecovered': {
      const { weight, mineId } = event.data;
      const origin = originOfMine(mineId, 'identity-preserved');
      const holding = heldBy(meta.by, meta.by);
      return opened({ form: 'rough', weight, origin, holding, at: meta.at });
    }
    case 'HistoryOpened': {
      const { owner = null, ...data } = event.data;
      return opened({ ...data, holding: heldBy(meta.by, owner), at: meta.at });
    }
    case 'StoneOpened': {
      const { custodian, owner, orderNo, cause, parent, ...data } = event.data;
      return {
        ...opened({ ...data, holding: heldBy(custodian, owner), at: meta.at }),
        order: orderNo === undefined ? null : { orderNo, by: custodian },
        cause,
        idLength: longestPartId(parent.stream),
      };
    }
    case 'CustodyReleased':
    case 'CustodyAccepted':
      return (
        stone && {
          ...stone,
          holding: evolveHolding(stone.holding, event),
          balance: stone.order ? stone.balance : weighed(stone.balance, event.data.weight),
        }
      );
    case 'CustodyRefused':
    case 'OfferedForSale':
    case 'LotAwarded':
    case 'TitleTransferred':
      return stone && { ...stone, holding: evolveHolding(stone.holding, event) };
    case 'OriginDeclared':
      return stone && { ...stone, origin: declareOrigin(stone.origin, event.data.origin) };
    case 'RoughScanned':
      return stone && { ...stone, scans: [...stone.scans, scanKey(event.data)] };
    case 'ManufacturingStarted':
      return stone && { ...stone, order: { orderNo: event.data.orderNo, by: meta.by } };
    case 'RoughSawn':
    case 'RoughCleaved': {
      const { pieces, loss } = event.data;
      const weights = pieces.map(({ weight }) => weight);
      return (
        stone && {
          ...stone,
          consumed: true,
          order: null,
          balance: taken(stone.balance, weights, loss),
          parts: stone.parts + pieces.length,
        }
      );
    }
    case 'PolishedDiamondProduced':
      return (
        stone && {
          ...stone,
          balance: taken(stone.balance, [event.data.weight]),
          parts: stone.parts + 1,
        }
      );
    case 'ManufacturingLossRecorded':
      return stone && { ...stone, balance: taken(stone.balance, [], event.data.weight) };
    case 'ManufacturingClosed':
      return stone && { ...stone, consumed: true, order: null };
    case 'GradingReportIssued': {
      const { laboratory, reportNo } = event.data;
      return stone && { ...stone, reports: [...stone.reports, reportKey(laboratory, reportNo)] };
    }
    case 'StoneNamed':
    case 'RoughScanMatched':
    case 'CuttingPlanApproved':
    case 'StoneMatchedToReport':
    case 'ReportMismatchFound':
    case 'LaserInscriptionApplied':
      return stone;
  }
}

type Opening = Pick<Stone, 'form' | 'origin' | 'holding'> &
  Readonly<{ weight: Parameters<typeof rangeOf>[0]; at: When }>;

function opened({ form, weight, origin, holding, at }: Opening): Stone {
  return {
    form,
    consumed: false,
    balance: untouched(rangeOf(weight), stoneError),
    holding,
    origin,
    order: null,
    parts: 0,
    scans: [],
    reports: [],
    cause: null,
    idLength: longestChosenId,
    latest: at,
  };
}
