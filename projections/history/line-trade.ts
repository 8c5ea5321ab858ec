import type { Recorded } from '#events/event';
import type { EvidenceAttached } from '#events/evidence';
import type { TradeEvent } from '#events/trade';
import type { Weight } from '#events/values';
import { idOf } from '#events/streams';
import { moneyText } from '#libs/trade/price';
import { percent, sharesText } from '#libs/trade/shares';
import { carats, countriesOf, priced, warranted, where } from '#projections/history/words';

/** What happened to goods in the trade, whatever goods they are. */
export function tradeLine({ type, data, meta }: TradeEvent | Recorded<TradeEvent>): string {
  const { by, place } = meta;
  switch (type) {
    case 'CustodyReleased':
      return `${data.from} released it to ${data.to} for ${data.purpose}${weighedAt(data)}${sealedBy(data)}`;
    case 'CustodyAccepted':
      return `${data.to} accepted it from ${data.from}${weighedAt(data)}${where(place)}`;
    case 'CustodyRefused':
      return `${data.to} refused it from ${data.from}: ${data.reason}`;
    case 'CustodyReleaseWithdrawn':
      return `${by} took back its release to ${data.to}: ${data.reason}`;
    case 'WeightDiscrepancyRecorded':
      return `${data.to} weighed ${carats(data.weight)}, ${carats(data.expected)} were expected`;
    case 'OfferedForSale': {
      const { channel, lotNo, reserve } = data;
      const lot = lotNo === undefined ? '' : ` as lot ${lotNo}`;
      const least = reserve ? `, reserve ${moneyText(reserve)}` : '';
      return `offered for sale by ${channel}${lot}${least}`;
    }
    case 'OfferWithdrawn':
      return `${by} took the offer back: ${data.reason}`;
    case 'LotAwarded':
      return `awarded to ${data.buyer} by ${data.channel}${priced(data.price)}`;
    case 'AwardEnded':
      return `award to ${data.buyer} ended: ${data.reason}`;
    case 'InvoiceIssued': {
      const { invoiceNo, seller, buyer, price, weight, line, warranties } = data;
      const what = weight ? ` ${carats(weight)}` : '';
      const which = line ? `, line ${line.no} of ${line.of}` : '';
      const paper = `${invoiceNo}${which}${warranted(warranties)}`;
      return `${seller} invoiced ${buyer}${what}${priced(price)}: ${paper}`;
    }
    case 'WarrantyGiven': {
      const { to, paper, paperNo, warranty } = data;
      return `${by} gave ${to} the statement ${warranty.version} for ${paper} ${paperNo}`;
    }
    case 'TitleTransferred':
      return `title moved from ${data.from} to ${data.to} by ${data.basis}${priced(data.price)}`;
    case 'TitleShareTransferred': {
      const { from, to, ppm, basis, price, shares } = data;
      const moved = `${percent(ppm)} of the title moved from ${from} to ${to} by ${basis}`;
      return `${moved}${priced(price)}: ${sharesText(shares)}`;
    }
    case 'TitleContested':
      return `${by} says the title is its own (${data.contestNo}): ${data.ground}`;
    case 'TitleContestResolved': {
      const { contestNo, outcome, passed, ground } = data;
      const moved = passed ? `, title passed to ${passed.to}` : '';
      return `contest ${contestNo} of the title ${outcome}${moved}: ${ground}`;
    }
    case 'MemoIssued': {
      const { memoNo, consignee, dueOn, price, warranties } = data;
      const terms = `${priced(price)} until ${dueOn}: ${memoNo}`;
      return `on memo with ${consignee}${terms}${warranted(warranties)}`;
    }
    case 'MemoExtended':
      return `memo ${data.memoNo} extended to ${data.dueOn}`;
    case 'MemoReturned':
      return `memo ${data.memoNo} ended: ${by} gives it back`;
    case 'MemoConvertedToSale':
      return `memo ${data.memoNo} became a sale to ${data.buyer}${priced(data.price)}`;
    case 'MemoExpired':
      return `memo ${data.memoNo} expired: it was due on ${data.dueOn}`;
    case 'PledgeRegistered': {
      const { pledgeNo, lender, filingRef, priority, amount } = data;
      return `pledged to ${lender}${priced(amount)}, rank ${priority}: ${pledgeNo}, ${filingRef}`;
    }
    case 'PledgeConsentGiven':
      return `${by} consents under pledge ${data.pledgeNo} to a transfer to ${data.to}`;
    case 'CuttingConsentGiven':
      return `${by} consents under pledge ${data.pledgeNo} to cutting; the parts bear the pledge`;
    case 'PledgeReleased':
      return `${by} released pledge ${data.pledgeNo}`;
    case 'PledgeEnforced':
      return `${by} enforced pledge ${data.pledgeNo}: title goes to ${data.to}`;
    case 'LossReported':
      return `${by} reported it lost: ${data.circumstances}`;
    case 'TheftReported':
      return `${by} reported it stolen, ${data.policeRef}: ${data.circumstances}`;
    case 'Recovered':
      return `found again, in the hands of ${data.custodian}${where(place)}`;
    case 'Seized':
      return `${by} seized it under ${data.orderNo}: ${data.reason}`;
    case 'Forfeited':
      return `forfeited to ${data.to} under ${data.orderNo}`;
    case 'ReleasedFromSeizure':
      return `${by} released it from seizure ${data.orderNo}: ${data.reason}`;
    case 'HoldPlaced': {
      const { holdNo, officer, reason, rule } = data;
      const under = rule === undefined ? '' : ` under ${rule}`;
      return `${officer} of ${by} put it on hold ${holdNo}${under}: ${reason}`;
    }
    case 'HoldReleased':
      return `${data.officer} of ${by} lifted hold ${data.holdNo}: ${data.reason}`;
    case 'ComplianceDecisionRecorded': {
      const { regime, ruleVersion, outcome, officer, rationale } = data;
      return `${officer} of ${by} decided ${outcome} under ${regime} ${ruleVersion}: ${rationale}`;
    }
    case 'PacketSealed':
      return `${by} sealed the packet with ${data.sealNo}`;
    case 'PacketSealVerified':
      return `${by} found seal ${data.sealNo} whole`;
    case 'PacketSealBreachFound': {
      const found = data.foundNo === undefined ? '' : `, found ${data.foundNo}`;
      return `${by} found seal ${data.sealNo} not whole${found}: ${data.finding}`;
    }
    case 'PacketUnsealed':
      return `${by} opened seal ${data.sealNo}: ${data.reason}`;
    case 'GoodsPacked':
      return `packed in shipment ${data.shipment}`;
    case 'PackingRefused':
      return `could not go into shipment ${data.shipment} (${data.code})`;
    case 'GoodsUnpacked':
      return `unpacked from shipment ${data.shipment}`;
    case 'GoodsTransited':
      return `passed through ${data.country} in shipment ${data.shipment}`;
    case 'GoodsCertified':
      return `travels in shipment ${data.shipment} under Kimberley certificate ${data.number}, good until ${data.validTo}`;
    case 'GoodsDecertified': {
      const since =
        data.ground === 'invalid' ? 'never counted' : `counts no longer from ${data.from} on`;
      return `Kimberley certificate ${data.number} ${since}`;
    }
    case 'OriginEvidenceAttached': {
      const { kind, countries } = data;
      const of = countries.length === 0 ? '' : ` of ${countries.join(', ')}`;
      return `${by} attached a ${kind} as evidence${of}`;
    }
    case 'EvidenceAttached': {
      const { evidenceNo, paper } = data;
      return `${by} put a ${paper.kind} on file as ${evidenceNo}${validity(data)}`;
    }
    case 'GoodsClassified':
      return `${by} classified the goods under HS ${data.hs}`;
    case 'EvidenceRevoked': {
      const { evidenceNo, ground, from, reason } = data;
      const since = ground === 'invalid' ? 'never counted' : `counts no longer from ${from} on`;
      return `${by} revoked ${evidenceNo}, which ${since}: ${reason}`;
    }
    case 'OriginContested': {
      const instead = data.origin ? ` (says ${countriesOf(data.origin)})` : '';
      return `${by} contests the origin${instead}: ${data.ground}`;
    }
    case 'OriginContestResolved':
      return `contest ${data.contestNo} of the origin ${data.outcome}: ${data.ground}`;
    case 'OriginContestFollowed':
      return `contest ${data.contestNo} upheld of ${idOf(data.of)}: could be ${countriesOf(data.origin)}`;
  }
}

/** ` at 34.17 ct`, what it was weighed at for the hand-over, or nothing. */
function weighedAt({ weight }: Readonly<{ weight?: Weight }>): string {
  return weight ? ` at ${carats(weight)}` : '';
}

/** ` under seal S-1`, or nothing. */
function sealedBy({ sealNo }: Readonly<{ sealNo?: string }>): string {
  return sealNo === undefined ? '' : ` under seal ${sealNo}`;
}

/** `, valid 2025-04-04 to 2025-06-03`, or nothing for a paper without an interval. */
function validity({ validFrom, validTo }: EvidenceAttached['data']): string {
  if (validFrom === undefined && validTo === undefined) return '';
  return `, valid${validFrom === undefined ? '' : ` from ${validFrom}`}${validTo === undefined ? '' : ` to ${validTo}`}`;
}
