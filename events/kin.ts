import type { LedgerEvent } from '#events/ledger-event';
import {
  jewelleryStream,
  parcelStream,
  parseStream,
  partId,
  shipmentStream,
  singledOutId,
  stoneStream,
} from '#events/streams';

type Told = LedgerEvent & Readonly<{ stream: string }>;

/** The streams whose goods went into, or were set in, those of the event's own stream. */
export function parentsOf(event: LedgerEvent): readonly string[] {
  switch (event.type) {
    case 'StoneOpened':
    case 'ParcelOpened':
      return [event.data.parent.stream];
    case 'MixReceived':
      return [event.data.from.stream];
    case 'IdentitiesMerged':
      return event.data.merged.map(stoneStream);
    case 'StoneTakenIn':
      return [stoneStream(event.data.stone)];
    case 'MeleeTakenIn':
      return [parcelStream(event.data.parcel)];
    case 'StoneUnset':
      return [jewelleryStream(event.data.item)];
    default:
      return [];
  }
}

/** The streams that goods of the event's own stream went into, whether they took them in or not. */
export function childrenOf(event: Told): readonly string[] {
  const id = parseStream(event.stream)?.id ?? event.stream;
  switch (event.type) {
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
      return event.data.pieces.map(({ n }) => stoneStream(partId(id, n)));
    case 'PolishedDiamondProduced':
    case 'IdentitySplit':
      return [stoneStream(partId(id, event.data.n))];
    case 'IdentityGivenUp':
      return [stoneStream(event.data.survivor)];
    case 'StoneSingledOut':
      return [stoneStream(singledOutId(id, event.data.n))];
    case 'ParcelSorted':
    case 'ParcelSplit':
      return event.data.parts.map(({ n }) => parcelStream(partId(id, n)));
    case 'PolishedParcelProduced':
      return [parcelStream(partId(id, event.data.n))];
    case 'LaboratoryGrownDetected':
      return event.data.part ? [parcelStream(partId(id, event.data.part.n))] : [];
    case 'ParcelMixed':
      return [parcelStream(event.data.into)];
    case 'StoneSet':
    case 'MeleeSet':
      return [jewelleryStream(event.data.item)];
    case 'StoneLetGo':
      return [stoneStream(event.data.stone)];
    case 'ItemBrokenUp':
      return event.data.stones.map(stoneStream);
    default:
      return [];
  }
}

/** The article that goods of the event's own stream were set in, whether it took them in or not. */
export function articlesOf(event: LedgerEvent): readonly string[] {
  return event.type === 'StoneSet' ? [jewelleryStream(event.data.item)] : [];
}

/** The streams of the goods that the event's own stream, a shipment, carries. */
export function cargoOf(event: LedgerEvent): readonly string[] {
  return event.type === 'ShipmentCreated' ? event.data.goods.map(({ stream }) => stream) : [];
}

/** The shipments that goods of the event's own stream were asked to travel in. */
export function carriersOf(event: LedgerEvent): readonly string[] {
  if (event.type !== 'GoodsPacked' && event.type !== 'PackingRefused') return [];
  return [shipmentStream(event.data.shipment)];
}
