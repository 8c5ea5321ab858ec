import type { Recorded } from '#events/event';
import type { IdentityEvent } from '#events/identity';
import type { LaboratoryEvent } from '#events/laboratory';
import type { MeleeEvent } from '#events/melee';
import type { RoughEvent } from '#events/rough';
import type { MeleeSettingEvent, SettingEvent } from '#events/setting';
import type { StoneWorkEvent } from '#events/stone-work';
import { idOf, partId } from '#events/streams';
import type { UniqueStoneEvent } from '#events/unique-stone';
import { moneyText } from '#libs/trade/price';
import { carats, pieces, priced, some, where } from '#projections/history/words';

/** What happens to stones and parcels themselves besides recovery, division and first cutting. */
export type GoodsEvent =
  | RoughEvent
  | StoneWorkEvent
  | LaboratoryEvent
  | UniqueStoneEvent
  | SettingEvent
  | MeleeSettingEvent
  | IdentityEvent
  | MeleeEvent;

export function goodsLine(event: GoodsEvent | Recorded<GoodsEvent>): string {
  const { type, data, meta } = event;
  const { by, place } = meta;
  switch (type) {
    case 'RoughCleaned':
      return `cleaned by ${data.method}: ${carats(data.weightAfter)} of ${carats(data.weightBefore)}`;
    case 'RoughValued':
      return `valued by ${data.valuer} at ${moneyText(data.value)} by ${data.priceBook}`;
    case 'StateControlPassed':
      return `passed the state control of ${data.authority}, act ${data.actNo} of ${data.actDate}`;
    case 'StoneBruted':
      return `bruted to ${carats(data.weightAfter)}${where(place)}`;
    case 'StoneBlocked':
      return `blocked to ${carats(data.weightAfter)}${where(place)}`;
    case 'StoneBroken': {
      const left = data.pieces.length === 0 ? 'nothing left' : pieces(data);
      return `broken (${data.cause}): ${left}, ${carats(data.loss)} lost`;
    }
    case 'StoneRecut':
    case 'StoneRepolished': {
      const verb = type === 'StoneRecut' ? 'recut' : 'repolished';
      const { weightBefore, weightAfter, reason } = data;
      return `${verb} from ${carats(weightBefore)} to ${carats(weightAfter)}: ${reason}`;
    }
    case 'TreatmentDisclosed':
      return `${by} disclosed ${data.permanent ? 'a permanent' : 'a'} treatment: ${data.kind}`;
    case 'SubmittedToLaboratory':
      return `submitted to ${data.laboratory} for ${data.service}`;
    case 'ReturnedFromLaboratory':
      return `${data.laboratory} lets it go to ${data.to}`;
    case 'LaboratoryGrownDetected': {
      const what = data.part ? `${carats(data.part.content.weight)} of it are` : 'it is';
      return `${what} laboratory-grown, found by ${data.instrument}${data.grownIn === undefined ? '' : `, stated to be grown in ${data.grownIn}`}`;
    }
    case 'LaserInscriptionVerified':
      return `inscription “${data.text}” read by ${data.method}`;
    case 'LaserInscriptionRemoved':
      return `inscription “${data.text}” is gone: ${data.reason}`;
    case 'UniqueStoneDesignated':
      return `${data.authority} designated it unique, ${data.decisionNo} under ${data.decree}`;
    case 'StateOfferMade':
      return `offered to the state, ${data.to}${priced(data.price)}`;
    case 'StateOfferDeclined':
      return `${data.authority} declined for the state, ${data.decisionNo}`;
    case 'StoneSet': {
      const at = data.position === undefined ? '' : ` at ${data.position}`;
      return `${by} set it in ${data.item}${at}`;
    }
    case 'SettingReturned':
      return `not taken in by ${data.item} (${data.code}), loose as it was`;
    case 'StoneUnset':
      return `came out of ${data.item} to ${data.custodian}`;
    case 'MeleeSet':
      return `${carats(data.content.weight)} set in ${data.item}`;
    case 'MeleeReturned':
      return `${carats(data.content.weight)} not taken in by ${data.item} (${data.code}), back`;
    case 'IdentityGivenUp':
      return `the record of stone ${data.survivor} is of the same stone; this one is given up`;
    case 'IdentityMergeAgreed':
      return `${by} agrees that the record of ${data.merged} is of this stone: ${data.reason}`;
    case 'IdentitiesMerged':
      return `one record with ${data.merged.join(', ')} from now on`;
    case 'IdentityMergeRefused':
      return `could not be one record with ${data.merged} (${data.code})`;
    case 'IdentityRestored':
      return `not taken in by ${data.survivor} (${data.code}), the record stands as it was`;
    case 'IdentitySplit': {
      const id = 'stream' in event ? idOf(event.stream) : 'this';
      const other = `${partId(id, data.n)} of ${carats(data.weight)}`;
      return `stood for two stones; the other, ${other}, got a record of its own: ${data.reason}`;
    }
    case 'ParcelHistoryOpened': {
      const { form, content, basis } = data;
      return `${by} brought in a parcel of ${form}, ${carats(content.weight)}: ${basis}`;
    }
    case 'PolishedParcelProduced': {
      const of = data.sieve === undefined ? '' : ` of sieve ${data.sieve}`;
      return `${by} made ${carats(data.content.weight)} of polished goods${of}${where(place)}`;
    }
    case 'ParcelScreened': {
      const { sampleSize, referrals, instrument, standard } = data;
      return `${some(sampleSize, 'piece')} screened by ${instrument} (${standard}), ${referrals} referred`;
    }
  }
}

const types: Readonly<Record<GoodsEvent['type'], true>> = {
  RoughCleaned: true,
  RoughValued: true,
  StateControlPassed: true,
  StoneBruted: true,
  StoneBlocked: true,
  StoneBroken: true,
  StoneRecut: true,
  StoneRepolished: true,
  TreatmentDisclosed: true,
  SubmittedToLaboratory: true,
  ReturnedFromLaboratory: true,
  LaboratoryGrownDetected: true,
  LaserInscriptionVerified: true,
  LaserInscriptionRemoved: true,
  UniqueStoneDesignated: true,
  StateOfferMade: true,
  StateOfferDeclined: true,
  StoneSet: true,
  SettingReturned: true,
  StoneUnset: true,
  MeleeSet: true,
  MeleeReturned: true,
  IdentityGivenUp: true,
  IdentityMergeAgreed: true,
  IdentitiesMerged: true,
  IdentityMergeRefused: true,
  IdentityRestored: true,
  IdentitySplit: true,
  ParcelHistoryOpened: true,
  PolishedParcelProduced: true,
  ParcelScreened: true,
};

export const goodsEventTypes = Object.keys(types) as readonly GoodsEvent['type'][];

export function isGoodsEvent<E extends Readonly<{ type: string }>>(
  event: E,
): event is Extract<E, GoodsEvent> {
  return Object.hasOwn(types, event.type);
}
