import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parcelStream, parseStream, partId, singledOutId, stoneStream } from '#events/streams';
import type { Origin, Weight } from '#events/values';
import type { Claim } from '#libs/laws/claims';
import { originAccount, originText } from '#libs/laws/origin-account';

/**
 * What a stream's events in force say of other streams: parts and the streams they opened, mixes,
 * settings, certificates and UINs in use (domain I1, I4, I5, I9), and the origin that goes with
 * goods (I6, I7). What was answered with a refusal
 * and taken back is not claimed.
 */
export function claimsOf(
  stream: string,
  history: readonly Recorded<LedgerEvent>[],
): readonly Claim[] {
  const takenBack = new Set(history.flatMap((event) => takenBackBy(event)));
  const claims: Claim[] = [];
  const { id = '', category } = parseStream(stream) ?? {};
  const origins = originAccount(category === 'parcel');
  let set: Claim | null = null;
  const inside = new Map<string, Claim>();
  for (const event of history) {
    const { data, type, meta, position, revision } = event;
    const at = { position, revision };
    const add = (side: 0 | 1, key: string, ...value: readonly string[]) =>
      claims.push({ key, side, value, ...at });
    for (const { child, weight } of partsOf(id, event)) {
      add(0, `${child} by ${meta.id}`, ...goodsText(weight, origins.part(weight)));
    }
    if (category === 'stone' || category === 'parcel') origins.take(event);
    if (takenBack.has(meta.id)) continue;
    switch (type) {
      case 'StoneOpened':
        add(1, `${stream} by ${data.cause}`, ...goodsText(data.weight, data.origin));
        break;
      case 'ParcelOpened':
        add(1, `${stream} by ${data.cause}`, ...goodsText(data.content.weight, data.origin));
        break;
      case 'ParcelMixed':
        add(
          0,
          `${parcelStream(data.into)} mixes ${meta.id}`,
          ...goodsText(data.content.weight, data.origin),
        );
        break;
      case 'MixReceived':
        add(1, `${stream} mixes ${data.cause}`, ...goodsText(data.content.weight, data.origin));
        break;
      case 'StoneSet':
        set = { key: `${stream} is set`, side: 0, value: setText(data.item, data), ...at };
        break;
      case 'StoneUnset':
        set = null;
        break;
      case 'StoneTakenIn':
        inside.set(data.stone, {
          key: `${stoneStream(data.stone)} is set`,
          side: 1,
          value: setText(id, data),
          ...at,
        });
        break;
      case 'StoneLetGo':
        inside.delete(data.stone);
        break;
      case 'ItemBrokenUp':
        inside.clear();
        break;
      case 'MeleeSet':
        add(0, `melee ${meta.id} in ${data.item}`, ...goodsText(data.content.weight, data.origin));
        break;
      case 'MeleeTakenIn':
        add(1, `melee ${data.cause} in ${id}`, ...goodsText(data.content.weight, data.origin));
        break;
      case 'CertificateAttached':
        add(0, `certificate ${data.number} by ${meta.id}`, `I9 ${id}`);
        break;
      case 'KpCertificateUsed':
        add(1, `certificate ${numberIn(history)} by ${data.cause}`, `I9 ${data.shipment}`);
        break;
      case 'HallmarkApplied':
        if (data.uin !== undefined) add(0, `UIN ${data.uin}`, `I4 ${id}`);
        break;
      case 'UinAssigned':
        add(1, `UIN ${data.uin}`, `I4 ${data.item}`);
        break;
      default:
    }
  }
  return [...claims, ...(set ? [set] : []), ...inside.values()];
}

/** The ids of events that this one undoes: their claim was not taken up. */
function takenBackBy({ type, data }: LedgerEvent): readonly string[] {
  switch (type) {
    case 'MixReturned':
    case 'SettingReturned':
    case 'MeleeReturned':
    case 'CertificateDetached':
    case 'HallmarkReturned':
      return [data.cause];
    default:
      return [];
  }
}

type Part = Readonly<{ child: string; weight: Weight }>;

/** The streams an event opens. */
function partsOf(id: string, { type, data }: LedgerEvent): readonly Part[] {
  switch (type) {
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
      return data.pieces.map(({ n, weight }) => ({ child: stoneStream(partId(id, n)), weight }));
    case 'PolishedDiamondProduced':
    case 'IdentitySplit':
      return [{ child: stoneStream(partId(id, data.n)), weight: data.weight }];
    case 'StoneSingledOut':
      return [{ child: stoneStream(singledOutId(id, data.n)), weight: data.weight }];
    case 'ParcelSorted':
    case 'ParcelSplit':
      return data.parts.map(({ n, content: { weight } }) => {
        return { child: parcelStream(partId(id, n)), weight };
      });
    case 'PolishedParcelProduced':
      return [{ child: parcelStream(partId(id, data.n)), weight: data.content.weight }];
    case 'LaboratoryGrownDetected': {
      const { part } = data;
      if (!part) return [];
      return [{ child: parcelStream(partId(id, part.n)), weight: part.content.weight }];
    }
    default:
      return [];
  }
}

function numberIn(history: readonly LedgerEvent[]): string {
  for (const { type, data } of history) if (type === 'KpCertificateIssued') return data.number;
  return '?';
}

/** Goods hand over their carats and where they can be from: neither may change on the way. */
function goodsText({ mct, qualifier }: Weight, origin: Origin): readonly string[] {
  return [`I1 ${qualifier} ${mct}`, ...originText(origin)];
}

/** In an item a stone is judged by its own weight and origin (I16). */
function setText(
  item: string,
  { weight, origin }: Readonly<{ weight: Weight; origin: Origin }>,
): readonly string[] {
  return [`I5 ${item}`, `I16 ${weight.qualifier} ${weight.mct}`, ...originText(origin)];
}
