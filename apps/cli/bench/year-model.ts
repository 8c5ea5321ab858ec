import type { Scope, World } from '#apps/cli/bench/year-world';
import { tiledLog, type TiledLog } from '#apps/cli/bench/year-tiles';

/** What one thing of its kind took in the sample, on average. */
export type Each = Readonly<{
  /** How many the sample had. */
  pieces: number;
  events: number;
  /** Bytes of all its leaves. */
  bytes: number;
}>;

/** What a run of the made-up trade took. */
export type Sample = Readonly<{
  events: number;
  bytes: number;
  /** Bytes of the ledger file and of the views, for each event. */
  ledgerBytes: number;
  viewBytes: number;
  /** Signatures that an event will carry: two for a hand-over, one otherwise. */
  signatures: number;
  /** A polished stone with its rough, by the lightest weight (mct) of its class, heaviest first. */
  stones: readonly Readonly<{ from: number; each: Each }>[];
  parcel: Each;
  /** Rough that nothing polished has come out of yet. */
  uncut: Each;
}>;

/** Events a second of one machine (`append`), or of a core that does nothing else (all others). */
export type Rates = Readonly<{
  append: number;
  replay: number;
  rebuild: number;
  audit: number;
  hash: number;
  /** Signatures a second. */
  verify: number;
}>;

/** What a year puts into a ledger. */
export type Load = Readonly<{
  stones: number;
  parcels: number;
  events: number;
  bytes: number;
}>;

/** What that takes. Times in hours on one core. */
export type Cost = Readonly<{
  load: Load;
  /** Events a second over the whole year, and at the busiest. */
  average: number;
  peak: number;
  ledgerBytes: number;
  viewBytes: number;
  log: TiledLog;
  hashHours: number;
  auditHours: number;
  signatureHours: number;
  replayHours: number;
  rebuildHours: number;
  /** Ledgers whose peak one machine each can append with as much again in hand. */
  ledgers: number;
  /** Cores that verify all of it, signatures too, in a day; that rebuild the views in a day. */
  verifyCores: number;
  rebuildCores: number;
}>;

const hour = 3600;
const day = 24 * hour;
const year = 365 * day;

/** Assumption: trade goes on 250 days of 8 hours; at the busiest three times as fast as then. */
const tradingTime = 250 * 8 * hour;
const busiest = 3;

/** The load on a machine at which there is as much again in hand. */
const inHand = 0.5;

/** Fewer stones of a class than this say nothing: the next heavier class stands in for it. */
const fewest = 20;

/** What the world's year puts into a ledger that follows stones of `scope` one by one. */
export function loadOf(world: World, scope: Scope, sample: Sample): Load {
  let [stones, events, bytes, looseCarats] = [0, 0, 0, 0];
  for (const { from, pieces, mean } of world.classes) {
    if (from < scope.from) {
      looseCarats += (pieces * mean) / 1000;
      continue;
    }
    const each = eachFrom(sample, from);
    stones += pieces;
    events += pieces * each.events;
    bytes += pieces * each.bytes;
  }
  const parcels =
    world.roughCarats / world.roughParcelCarats + looseCarats / world.polishedParcelCarats;
  return {
    stones,
    parcels: Math.round(parcels),
    events: Math.round(events + parcels * sample.parcel.events),
    bytes: Math.round(bytes + parcels * sample.parcel.bytes),
  };
}

function eachFrom({ stones }: Sample, from: number): Each {
  const told = stones.filter(({ each }) => each.pieces >= fewest);
  const found = told.findLast((known) => known.from >= from) ?? told[0];
  if (!found) throw new RangeError(`the sample has no class with ${fewest} stones: take a larger`);
  return found.each;
}

/** A part of a load, for one of several ledgers. */
export function partOf(load: Load, share: number): Load {
  return {
    stones: Math.round(load.stones * share),
    parcels: Math.round(load.parcels * share),
    events: Math.round(load.events * share),
    bytes: Math.round(load.bytes * share),
  };
}

/** What a load takes at the measured rates. */
export function costOf(load: Load, sample: Sample, rates: Rates): Cost {
  const { events, bytes } = load;
  const peak = (events / tradingTime) * busiest;
  const signatureHours = (events * sample.signatures) / rates.verify / hour;
  const auditHours = events / rates.audit / hour;
  const rebuildHours = events / rates.rebuild / hour;
  return {
    load,
    average: events / year,
    peak,
    ledgerBytes: events * sample.ledgerBytes,
    viewBytes: events * sample.viewBytes,
    log: tiledLog(events, events === 0 ? 0 : bytes / events),
    hashHours: events / rates.hash / hour,
    auditHours,
    signatureHours,
    replayHours: events / rates.replay / hour,
    rebuildHours,
    ledgers: Math.max(1, Math.ceil(peak / (rates.append * inHand))),
    verifyCores: Math.max(1, Math.ceil((auditHours + signatureHours) / 24)),
    rebuildCores: Math.max(1, Math.ceil(rebuildHours / 24)),
  };
}
