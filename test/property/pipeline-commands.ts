import type { When } from '#events/event';
import { parseStream } from '#events/streams';
import type { PartyRole, Weight } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import type { StoneCommand } from '#libs/stone/stone-command';
import type { Goods } from '#test/property/pipeline-goods';
import {
  type Intent,
  type Who,
  parcelKinds,
  roles,
  stoneKinds,
} from '#test/property/pipeline-intents';

/** The command an intent comes to, said by nobody in particular yet. */
export function commandOf(
  intent: Intent,
  goods: readonly Goods[],
  step: number,
  now: string,
): LedgerCommand {
  const { kind } = intent;
  const isStone = (stoneKinds as readonly string[]).includes(kind);
  const isParcel = (parcelKinds as readonly string[]).includes(kind);
  const candidates = goods.filter(
    ({ form, consumedBy }) =>
      (!isStone || form !== 'parcel') &&
      (!isParcel || form === 'parcel') &&
      (consumedBy === null || intent.other % 7 === 0),
  );
  const target = candidates[intent.target % Math.max(1, candidates.length)];
  const meta = metaOf(intent, target, step, now);
  if (kind === 'RecoverLot') {
    return {
      category: 'parcel',
      id: `lot-${intent.target % 5}`,
      command: recoverLot(meta, intent),
    };
  }
  if (kind === 'RecoverRough' || kind === 'OpenHistory' || !target) {
    return { category: 'stone', id: `gem-${intent.target % 5}`, command: openStone(meta, intent) };
  }
  const { category, id } = parseStream(target.stream) ?? {};
  return category === 'parcel'
    ? { category, id: id ?? '', command: onParcel(meta, intent, target, goods, id ?? '') }
    : { category: 'stone', id: id ?? '', command: onStone(meta, intent, target) };
}

function metaOf(
  { actor, kind, when }: Intent,
  goods: Goods | undefined,
  step: number,
  now: string,
): CommandMeta {
  const rightful = rightfulFor(kind, goods);
  const by = actor === 'rightful' ? rightful : actor;
  const times: Readonly<Record<Intent['when'], When>> = {
    now: { time: now, precision: 'instant' },
    'long ago': { time: '1999-12', precision: 'month' },
    'tomorrow week': { time: '2031-01-01', precision: 'day' },
    'no such day': { time: '2025-02-30', precision: 'day' },
  };
  const id = commandId(step);
  const held: readonly PartyRole[] = by in roles ? roles[by as Who] : [];
  return { id, by, roles: held, now, at: times[when] };
}

/** The id of the command of a step. */
export function commandId(step: number): string {
  return `0195f000-0000-7000-8000-${step.toString(16).padStart(12, '0')}`;
}

function rightfulFor(kind: Intent['kind'], goods: Goods | undefined): string {
  if (kind === 'RecoverLot' || kind === 'RecoverRough' || !goods) return 'mine';
  if (kind === 'IssueReport') return 'laboratory';
  if (kind === 'AcceptCustody' || kind === 'RefuseCustody') return goods.releasedTo ?? 'dealer';
  const isOwners = kind === 'OfferForSale' || kind === 'AwardLot' || kind === 'TransferTitle';
  return isOwners ? (goods.owner ?? 'dealer') : goods.custodian;
}

function recoverLot(meta: CommandMeta, { share, count }: Intent): ParcelCommand {
  const from: When = { time: '2024-01', precision: 'month' };
  const content = { weight: exactly(share * 100), ...(count > 0 && { pieces: count * 5 }) };
  return { type: 'RecoverLot', meta, mineId: 'bw-jwaneng', from, to: from, content };
}

function openStone(meta: CommandMeta, { kind, share, qualifier }: Intent): StoneCommand {
  const weight: Weight = { mct: share * 30, qualifier, basis: 'weighed' };
  if (kind !== 'OpenHistory') {
    return { type: 'RecoverRough', meta, mineId: 'ru-ebelyakh', weight };
  }
  const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
  return { type: 'OpenHistory', meta, form: 'rough', weight, origin, basis: 'heirloom' };
}

function onParcel(
  meta: CommandMeta,
  intent: Intent,
  goods: Goods,
  all: readonly Goods[],
  parcelId: string,
): ParcelCommand {
  const { kind, count, other } = intent;
  const parts = weightsOf(intent, goods, Math.max(count, 1)).map((weight) => ({
    content: { weight },
  }));
  const loss = lossOf(intent, goods);
  const [whole = exactly(1)] = weightsOf(intent, goods, 1);
  switch (kind) {
    case 'SortParcel':
      return { type: kind, meta, parts: count === 0 ? [] : parts, loss };
    case 'SplitParcel':
      return { type: kind, meta, parts: count === 0 ? [] : parts };
    case 'MixParcel': {
      const parcels = all.filter(({ form }) => form === 'parcel');
      const found = parcels[other % Math.max(1, parcels.length)];
      const into =
        other % 5 === 0 ? `mix-${other % 3}` : (parseStream(found?.stream ?? '')?.id ?? '');
      return { type: kind, meta, parcelId, into };
    }
    case 'SingleOutStone':
      return { type: kind, meta, weight: whole };
    default:
      return trade(meta, intent, whole);
  }
}

function onStone(meta: CommandMeta, intent: Intent, goods: Goods): StoneCommand {
  const { kind, count, other } = intent;
  const weights = weightsOf(intent, goods, count);
  const [whole = exactly(1)] = weightsOf(intent, goods, 1);
  const pieces = weights.map((weight) => ({ weight }));
  switch (kind) {
    case 'StartManufacturing':
      return { type: kind, meta, orderNo: `order-${other % 3}` };
    case 'ApproveCuttingPlan': {
      const outputs = weights.map(({ mct }) => ({ shape: 'Round Brilliant', plannedMct: mct }));
      return { type: kind, meta, planNo: 'plan', outputs };
    }
    case 'SawRough':
      return { type: kind, meta, method: 'laser', pieces, loss: lossOf(intent, goods) };
    case 'CleaveRough':
      return { type: kind, meta, pieces, loss: lossOf(intent, goods) };
    case 'ProducePolished':
      return { type: kind, meta, weight: whole };
    case 'RecordLoss':
      return {
        type: kind,
        meta,
        weight: other % 4 === 0 ? lossOf(intent, goods) : exactly(leftOf(goods)),
        cause: 'polishing',
      };
    case 'CloseManufacturing':
      return { type: kind, meta };
    case 'IssueReport':
      return { type: kind, meta, reportNo: String(other % 3), weight: whole };
    case 'MatchReport':
      return { type: kind, meta, laboratory: 'laboratory', reportNo: '1', method: 'weight' };
    case 'InscribeStone':
      return { type: kind, meta, text: String(other), location: 'girdle' };
    case 'NameStone':
      return { type: kind, meta, name: other % 2 === 0 ? 'Sunrise' : ' \u0000 ' };
    case 'ScanRough': {
      const scanSha256 = other % 2 === 0 ? 'ab'.repeat(32) : 'no hash';
      return { type: kind, meta, provider: 'scanner', scanId: String(other % 2), scanSha256 };
    }
    default:
      return trade(meta, intent, whole);
  }
}

function trade(meta: CommandMeta, intent: Intent, weight: Weight) {
  const { kind, to, other, share } = intent;
  switch (kind) {
    case 'AcceptCustody':
      return { type: kind, meta, ...(other % 3 === 0 && { weight }) };
    case 'RefuseCustody':
      return { type: kind, meta, reason: 'the seal was broken' };
    case 'OfferForSale':
      return { type: kind, meta, channel: 'tender' } as const;
    case 'AwardLot':
      return { type: kind, meta, buyer: to, price: { minor: share, currency: 'USD' } };
    case 'TransferTitle':
      return { type: kind, meta, to, basis: 'sale' } as const;
    case 'DeclareOrigin': {
      const maxPpm = 1_000_000;
      const countries = [{ country: 'RU', minPpm: share * 10_000, maxPpm }];
      const origin = { countries, mineIds: [], chainOfCustody: 'unknown' } as const;
      return { type: kind, meta, origin, purpose: 'customs' } as const;
    }
    default:
      return {
        type: 'ReleaseCustody',
        meta,
        to,
        purpose: 'sale',
        ...(other % 3 === 0 && { weight }),
      } as const;
  }
}

/** `count` weights that are together a share of what is left of the goods. */
function weightsOf({ share, qualifier }: Intent, goods: Goods, count: number): readonly Weight[] {
  const mct = Math.floor((leftOf(goods) * share) / 100 / Math.max(1, count));
  return Array.from({ length: count }, () => ({ mct, qualifier, basis: 'weighed' }));
}

/** What is left beside the share, or another share of its own. */
function lossOf({ share, lossShare, other }: Intent, goods: Goods): Weight {
  const percent = other % 4 === 0 ? lossShare : 100 - share;
  return exactly(Math.ceil((leftOf(goods) * percent) / 100));
}

function leftOf({ account: { least, most, outLeast } }: Goods): number {
  return (Number.isFinite(most) ? most : least) - outLeast;
}

function exactly(mct: number): Weight {
  return { mct, qualifier: 'eq', basis: 'weighed' };
}
