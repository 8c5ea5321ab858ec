import type { PledgeBorne } from '#events/encumbrance';
import type { Recorded } from '#events/event';
import type { CustodyPurpose, TradeEvent } from '#events/trade';
import type { Origin, SaleChannel, TitleShare } from '#events/values';

/** Let go and not yet accepted or refused. */
export type Release = Readonly<{ to: string; purpose: CustodyPurpose }>;

/** Goods that the consignee may find a buyer for until `dueOn`, `YYYY-MM-DD`. */
export type Memo = Readonly<{
  memoNo: string;
  consignee: string;
  dueOn: string;
  expired: boolean;
}>;

/** `consents` are the parties the lender lets the title move to; `cutting` that goods be divided. */
export type Pledge = Readonly<{
  pledgeNo: string;
  lender: string;
  priority: number;
  consents: readonly string[];
  cutting: boolean;
}>;

export type Seizure = Readonly<{ orderNo: string; authority: string }>;

export type Hold = Readonly<{ holdNo: string; by: string; officer: string }>;

/** An open contest; `origin` is what the claimant says instead. */
export type OriginContest = Readonly<{ contestNo: string; claimant: string; origin?: Origin }>;

/** An open contest of the title: all of it is the claimant's, it says. */
export type TitleContest = Readonly<{ contestNo: string; claimant: string }>;

/** A paper on file, and who put it there. */
export type EvidenceOnFile = Readonly<{ evidenceNo: string; by: string; revoked: boolean }>;

/**
 * Where goods stand in the trade: who holds them and who owns them, two facts that move apart, and
 * what binds them. `owner` is `null` while nobody is known to hold the title, and while several hold
 * it in `shares`, which are empty otherwise; `offer` and `buyer` are of the current owner; `seal` is the number of the whole seal on the packet.
 */
export type Holding = Readonly<{
  custodian: string;
  release: Release | null;
  owner: string | null;
  shares: readonly TitleShare[];
  titleContests: readonly TitleContest[];
  offer: SaleChannel | null;
  buyer: string | null;
  memo: Memo | null;
  pledges: readonly Pledge[];
  missing: 'lost' | 'stolen' | null;
  seizure: Seizure | null;
  holds: readonly Hold[];
  seal: string | null;
  contests: readonly OriginContest[];
  /** The heading they were last said to be under. */
  hs: string | null;
  evidence: readonly EvidenceOnFile[];
  /** The shipment the goods are in; `packings` are the event ids of what shipments asked of them. */
  shipment: string | null;
  packings: readonly string[];
}>;

/** What goods take over of those they come out of. */
type TakenOver = Readonly<{ shares?: readonly TitleShare[]; pledges?: readonly PledgeBorne[] }>;

export function heldBy(
  custodian: string,
  owner: string | null,
  { shares = [], pledges = [] }: TakenOver = {},
): Holding {
  return {
    custodian,
    release: null,
    owner,
    shares,
    titleContests: [],
    offer: null,
    buyer: null,
    memo: null,
    pledges: pledges.map((pledge) => ({ ...pledge, consents: [], cutting: true })),
    missing: null,
    seizure: null,
    holds: [],
    seal: null,
    contests: [],
    hs: null,
    evidence: [],
    shipment: null,
    packings: [],
  };
}

/** Who holds and who owns goods, as what comes out of them is held and owned. */
export function heldAs({ custodian, owner, shares }: Holding) {
  return { custodian, owner, ...(shares.length > 0 && { shares }) } as const;
}

/** Who owns all of what is owned in `shares`; `null` while several do. */
export function soleOwner(shares: readonly TitleShare[]): string | null {
  const [first, ...others] = shares;
  return first && others.length === 0 ? first.party : null;
}

/** The pledges on goods, as what comes out of them bears them. */
export function pledgedAs({ pledges }: Holding) {
  if (pledges.length === 0) return {};
  const borne = pledges.map(({ pledgeNo, lender, priority }) => ({ pledgeNo, lender, priority }));
  return { pledges: borne } as const;
}

/** No rules here: what was recorded happened. */
export function evolveHolding(holding: Holding, event: TradeEvent | Recorded<TradeEvent>): Holding {
  const { meta } = event;
  switch (event.type) {
    case 'CustodyReleased':
      return { ...holding, release: { to: event.data.to, purpose: event.data.purpose } };
    case 'CustodyAccepted':
      return { ...holding, custodian: event.data.to, release: null };
    case 'CustodyRefused':
    case 'CustodyReleaseWithdrawn':
      return { ...holding, release: null };
    case 'OfferedForSale':
      return { ...holding, offer: event.data.channel };
    case 'OfferWithdrawn':
      return { ...holding, offer: null };
    case 'LotAwarded':
      return { ...holding, offer: null, buyer: event.data.buyer };
    case 'AwardEnded':
      return { ...holding, buyer: null };
    case 'TitleTransferred':
      return owned(holding, event.data.to);
    case 'TitleShareTransferred': {
      const { shares } = event.data;
      const sole = soleOwner(shares);
      if (sole !== null) return owned(holding, sole);
      return { ...holding, owner: null, shares, offer: null, buyer: null };
    }
    case 'TitleContested': {
      const contest = { contestNo: event.data.contestNo, claimant: meta.by };
      return { ...holding, titleContests: [...holding.titleContests, contest] };
    }
    case 'TitleContestResolved': {
      const { contestNo, passed } = event.data;
      const titleContests = holding.titleContests.filter((each) => each.contestNo !== contestNo);
      const next = passed ? { ...owned(holding, passed.to), memo: null } : holding;
      return { ...next, titleContests };
    }
    case 'MemoIssued': {
      const { memoNo, consignee, dueOn } = event.data;
      return { ...holding, memo: { memoNo, consignee, dueOn, expired: false } };
    }
    case 'MemoExtended':
      return { ...holding, memo: holding.memo && { ...holding.memo, dueOn: event.data.dueOn } };
    case 'MemoExpired':
      return { ...holding, memo: holding.memo && { ...holding.memo, expired: true } };
    case 'MemoReturned':
    case 'MemoConvertedToSale':
      return { ...holding, memo: null };
    case 'PledgeRegistered': {
      const { pledgeNo, lender, priority } = event.data;
      const pledge = { pledgeNo, lender, priority, consents: [], cutting: false };
      return { ...holding, pledges: [...holding.pledges, pledge] };
    }
    case 'PledgeConsentGiven': {
      const { pledgeNo, to } = event.data;
      const pledges = holding.pledges.map((pledge) =>
        pledge.pledgeNo === pledgeNo ? { ...pledge, consents: [...pledge.consents, to] } : pledge,
      );
      return { ...holding, pledges };
    }
    case 'CuttingConsentGiven': {
      const { pledgeNo } = event.data;
      const pledges = holding.pledges.map((pledge) =>
        pledge.pledgeNo === pledgeNo ? { ...pledge, cutting: true } : pledge,
      );
      return { ...holding, pledges };
    }
    case 'PledgeReleased': {
      const { pledgeNo } = event.data;
      return { ...holding, pledges: holding.pledges.filter((each) => each.pledgeNo !== pledgeNo) };
    }
    case 'PledgeEnforced':
      return { ...holding, pledges: rankingBefore(holding.pledges, event.data.pledgeNo) };
    case 'LossReported':
      return { ...holding, missing: 'lost' };
    case 'TheftReported':
      return { ...holding, missing: 'stolen' };
    case 'Recovered':
      return { ...holding, missing: null, custodian: event.data.custodian, release: null };
    case 'Seized': {
      const { orderNo, custodian } = event.data;
      return { ...holding, seizure: { orderNo, authority: meta.by }, custodian, release: null };
    }
    case 'Forfeited':
      return { ...owned(holding, event.data.to), seizure: null, memo: null, pledges: [] };
    case 'ReleasedFromSeizure':
      return { ...holding, seizure: null };
    case 'HoldPlaced': {
      const { holdNo, officer } = event.data;
      return { ...holding, holds: [...holding.holds, { holdNo, by: meta.by, officer }] };
    }
    case 'HoldReleased': {
      const { holdNo } = event.data;
      return { ...holding, holds: holding.holds.filter((hold) => hold.holdNo !== holdNo) };
    }
    case 'PacketSealed':
      return { ...holding, seal: event.data.sealNo };
    case 'PacketSealBreachFound':
    case 'PacketUnsealed':
      return { ...holding, seal: null };
    case 'GoodsPacked': {
      const { shipment, cause } = event.data;
      return { ...holding, shipment, packings: [...holding.packings, cause] };
    }
    case 'PackingRefused':
    case 'GoodsTransited':
    case 'GoodsCertified':
    case 'GoodsDecertified':
      return { ...holding, packings: [...holding.packings, event.data.cause] };
    case 'GoodsUnpacked':
      return { ...holding, shipment: null, packings: [...holding.packings, event.data.cause] };
    case 'OriginContested': {
      const { contestNo, origin } = event.data;
      const contest = { contestNo, claimant: meta.by, ...(origin && { origin }) };
      return { ...holding, contests: [...holding.contests, contest] };
    }
    case 'OriginContestResolved': {
      const { contestNo } = event.data;
      const contests = holding.contests.filter((contest) => contest.contestNo !== contestNo);
      return { ...holding, contests };
    }
    case 'EvidenceAttached': {
      const onFile = { evidenceNo: event.data.evidenceNo, by: meta.by, revoked: false };
      return { ...holding, evidence: [...holding.evidence, onFile] };
    }
    case 'EvidenceRevoked': {
      const { evidenceNo } = event.data;
      const evidence = holding.evidence.map((each) =>
        each.evidenceNo === evidenceNo ? { ...each, revoked: true } : each,
      );
      return { ...holding, evidence };
    }
    case 'GoodsClassified':
      return { ...holding, hs: event.data.hs };
    case 'WeightDiscrepancyRecorded':
    case 'InvoiceIssued':
    case 'WarrantyGiven':
    case 'ComplianceDecisionRecorded':
    case 'PacketSealVerified':
    case 'OriginEvidenceAttached':
    case 'OriginContestFollowed':
      return holding;
  }
}

/** An offer, an award and the lenders' consents end when the title moves; a pledge does not. */
function owned(holding: Holding, owner: string): Holding {
  const pledges = holding.pledges.map((pledge) => ({ ...pledge, consents: [] }));
  return { ...holding, owner, shares: [], offer: null, buyer: null, pledges };
}

function rankingBefore(pledges: readonly Pledge[], pledgeNo: string): readonly Pledge[] {
  const enforced = pledges.find((pledge) => pledge.pledgeNo === pledgeNo);
  return pledges.filter(({ priority }) => enforced && priority < enforced.priority);
}
