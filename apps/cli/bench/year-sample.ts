import { jewelleryStream, parseStream, shipmentStream, stoneStream } from '#events/streams';
import type { Each } from '#apps/cli/bench/year-model';
import type { StoneClass } from '#apps/cli/bench/year-world';
import type { RecordedEvent } from '#libs/store/store';

/** Counts what each kind of goods takes; events have to come in the order of the ledger. */
export type Tally = Readonly<{
  take: (event: RecordedEvent) => void;
  told: () => Told;
}>;

export type Told = Readonly<{
  events: number;
  bytes: number;
  signatures: number;
  stones: readonly Readonly<{ from: number; each: Each }>[];
  parcel: Each;
  /** Rough that nothing polished has come out of yet. */
  uncut: Each;
}>;

type Sum = { pieces: number; events: number; bytes: number };

/** A rough stone and all that came out of it. */
type Family = { shared: Sum; polished: (Sum & { mct: number })[] };

/** Both parties sign these; whoever states an event signs any other. */
const signedByTwo: readonly string[] = ['CustodyAccepted', 'TitleTransferred'];

/**
 * A polished stone takes its own stream and an equal part of what its rough took: the rough's own
 * stream, its pieces' and the event that took it out of its parcel. Rough that is still being cut is
 * counted apart, so it makes no stone look cheaper.
 */
export function tallyOf(classes: readonly StoneClass[]): Tally {
  const families: Family[] = [];
  const streams = new Map<string, Readonly<{ family: Family; own: Sum }>>();
  const going = new Map<string, Sum>();
  const waiting = new Set<Sum>();
  const singledOut = new Map<string, number>();
  const parcel: Sum = { pieces: 0, events: 0, bytes: 0 };
  const all = { events: 0, bytes: 0, signatures: 0 };

  function take(event: RecordedEvent): void {
    const bytes = Buffer.byteLength(event.leaf);
    all.events += 1;
    all.bytes += bytes;
    all.signatures += signedByTwo.includes(event.type) ? 2 : 1;
    const { category } = parseStream(event.stream) ?? {};
    if (category === 'party') return;
    if (category === 'stone') return count(stoneOf(event).own, bytes);
    if (category !== 'parcel') return countWith(event, bytes);
    if (event.type === 'StoneSingledOut') return void singledOut.set(event.meta.id, bytes);
    if (event.revision === 0) parcel.pieces += 1;
    count(parcel, bytes);
  }

  /**
   * A report, a certificate, a shipment and a piece of jewellery go with the goods they are about, as
   * soon as it is said which; until then they wait, in the end with the parcels.
   */
  function countWith(event: RecordedEvent, bytes: number): void {
    const { stream } = event;
    const sum = going.get(stream) ?? { pieces: 0, events: 0, bytes: 0 };
    const goods = sumOfGoods(event);
    if (goods && goods !== sum) {
      if (waiting.delete(sum)) add(goods, sum);
      going.set(stream, goods);
      return count(goods, bytes);
    }
    if (!going.has(stream)) waiting.add(sum);
    going.set(stream, sum);
    count(sum, bytes);
  }

  function sumOfGoods({ type, data }: RecordedEvent): Sum | undefined {
    switch (type) {
      case 'ReportOpened':
        return streams.get(stoneStream(data.stone))?.own;
      case 'StoneTakenIn':
        return streams.get(stoneStream(data.stone))?.own;
      case 'MeleeTakenIn':
        return parcel;
      case 'UinAssigned':
        return going.get(jewelleryStream(data.item));
      case 'ShipmentCreated':
        return streams.get(data.goods[0]?.stream ?? '')?.own ?? parcel;
      case 'KpCertificateUsed':
        return going.get(shipmentStream(data.shipment));
      default:
        return undefined;
    }
  }

  function stoneOf(event: RecordedEvent) {
    const known = streams.get(event.stream);
    if (known) return known;
    const parent = event.type === 'StoneOpened' ? event.data.parent.stream : '';
    const family = streams.get(parent)?.family ?? begun(event);
    let own = family.shared;
    if (event.type === 'StoneOpened' && event.data.form === 'polished') {
      const polished = { mct: event.data.weight.mct, pieces: 1, events: 0, bytes: 0 };
      family.polished.push(polished);
      own = polished;
    }
    const stone = { family, own };
    streams.set(event.stream, stone);
    return stone;
  }

  function begun(event: RecordedEvent): Family {
    const family: Family = { shared: { pieces: 1, events: 0, bytes: 0 }, polished: [] };
    const bytes = event.type === 'StoneOpened' ? singledOut.get(event.data.cause) : undefined;
    if (bytes !== undefined) count(family.shared, bytes);
    families.push(family);
    return family;
  }

  function told(): Told {
    const sums = classes.map(({ from }) => ({ from, pieces: 0, events: 0, bytes: 0 }));
    const uncut: Sum = { pieces: 0, events: 0, bytes: 0 };
    for (const sum of waiting) add(parcel, sum);
    waiting.clear();
    for (const { shared, polished } of families) {
      if (polished.length === 0) add(uncut, shared);
      for (const { mct, events, bytes } of polished) {
        const sum = sums.find(({ from }) => mct >= from);
        if (!sum) continue;
        add(sum, {
          pieces: 1,
          events: events + shared.events / polished.length,
          bytes: bytes + shared.bytes / polished.length,
        });
      }
    }
    return {
      events: all.events,
      bytes: all.bytes,
      signatures: all.signatures / all.events,
      stones: sums.map(({ from, ...sum }) => ({ from, each: eachOf(sum) })),
      parcel: eachOf(parcel),
      uncut: eachOf(uncut),
    };
  }

  return { take, told };
}

function count(sum: Sum, bytes: number): void {
  sum.events += 1;
  sum.bytes += bytes;
}

function add(sum: Sum, { pieces, events, bytes }: Sum): void {
  sum.pieces += pieces;
  sum.events += events;
  sum.bytes += bytes;
}

function eachOf({ pieces, events, bytes }: Sum): Each {
  if (pieces === 0) return { pieces, events: 0, bytes: 0 };
  return { pieces, events: events / pieces, bytes: bytes / pieces };
}
