import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { effective, isCorrection } from '#libs/decider/effective';
import { isBefore } from '#libs/decider/when';
import { leafHash } from '#libs/store/envelope';
import { bounds } from '#test/property/pipeline-account';
import { type Goods, after } from '#test/property/pipeline-goods';

type Events = readonly Recorded<LedgerEvent>[];

/** Everything that is wrong with a whole ledger, as it is in force; empty when every invariant holds. */
export function brokenInvariants(events: Events): readonly string[] {
  const stands = effective(events);
  const { goods, broken } = goodsOf(stands);
  return [...chainFaults(events), ...broken, ...partFaults(stands, goods), ...massFaults(goods)];
}

/** All goods there are, and the rules that their events broke. */
export function goodsOf(
  events: Events,
): Readonly<{ goods: ReadonlyMap<string, Goods>; broken: readonly string[] }> {
  const goods = new Map<string, Goods>();
  const broken: string[] = [];
  for (const event of events) {
    const { stream } = event;
    const { category } = parseStream(stream) ?? {};
    if (category !== 'stone' && category !== 'parcel') continue;
    const result = after(goods.get(stream), event);
    broken.push(...result.broken);
    if (result.goods) goods.set(stream, result.goods);
  }
  return { goods, broken };
}

/** Dated as the act they follow from and cannot refuse, which may have begun before what happened meanwhile. */
const answers: ReadonlySet<string> = new Set([
  'MixRefused',
  'MixReturned',
  'StoneNotTakenIn',
  'SettingReturned',
  'UinRefused',
  'HallmarkReturned',
  'PackingRefused',
  'GoodsLeftOut',
  'GoodsUnpacked',
  'GoodsTransited',
  'GoodsCertified',
  'GoodsDecertified',
  'StoneUnset',
]);

/** Positions grow, revisions are dense, every leaf names the hash before it, times do not go back. */
export function chainFaults(events: Events): readonly string[] {
  const faults: string[] = [];
  const heads = new Map<string, Recorded<LedgerEvent>>();
  const acts = new Map<string, Recorded<LedgerEvent>>();
  const ids = new Set<string>();
  let position = 0n;
  for (const event of events) {
    const { stream, revision, leaf, meta } = event;
    const before = heads.get(stream);
    const prev = before ? leafHash(before.leaf) : '';
    const stated = (JSON.parse(leaf) as { statement: { prev: string } }).statement.prev;
    if (event.position <= position) faults.push(`${stream}@${revision}: position goes back`);
    if (revision !== (before?.revision ?? -1) + 1) faults.push(`${stream}@${revision}: a gap`);
    if (stated !== prev) faults.push(`${stream}@${revision}: the chain is broken`);
    if (ids.has(meta.id)) faults.push(`${stream}@${revision}: the id was used before`);
    const act = acts.get(stream);
    if (act && !answers.has(event.type) && isBefore(meta.at, act.meta.at)) {
      faults.push(`${stream}@${revision}: happened before what came before it`);
    }
    if (!isCorrection(event)) acts.set(stream, event);
    position = event.position;
    ids.add(meta.id);
    heads.set(stream, event);
  }
  return faults;
}

/** Every part announced was opened once with the weight announced, and nothing else was opened. */
function partFaults(events: Events, goods: ReadonlyMap<string, Goods>): readonly string[] {
  const opened = new Map<string, string>();
  const mixes = new Map<string, number>();
  const faults: string[] = [];
  for (const { type, stream, data } of events) {
    if (type === 'StoneOpened') opened.set(stream, partKey(stream, data.cause, data.weight.mct));
    if (type === 'ParcelOpened') {
      opened.set(stream, partKey(stream, data.cause, data.content.weight.mct));
    }
    if (type === 'MixReceived' || type === 'MixReturned') {
      mixes.set(data.cause, (mixes.get(data.cause) ?? 0) + 1);
    }
  }
  const announced = [...goods.values()].flatMap(({ parts }) => parts);
  for (const { stream, cause, weight } of announced) {
    if (opened.get(stream) !== partKey(stream, cause, weight.mct)) {
      faults.push(`${stream} was announced and not opened so`);
    }
    opened.delete(stream);
  }
  faults.push(...[...opened.keys()].map((stream) => `${stream} was opened and never announced`));
  for (const { type, meta, stream } of events) {
    if (type === 'ParcelMixed' && mixes.get(meta.id) !== 1) {
      faults.push(`${stream} was mixed and answered ${mixes.get(meta.id) ?? 0} times`);
    }
  }
  return faults;
}

function partKey(stream: string, cause: string, mct: number): string {
  return `${stream} ${cause} ${mct}`;
}

/**
 * Over the whole ledger nothing was gained: what lives and what was lost weighs no more than what
 * was recovered, within the errors of all weighings.
 */
function massFaults(goods: ReadonlyMap<string, Goods>): readonly string[] {
  const all = [...goods.values()];
  const parts = all.flatMap((each) => each.parts.map(({ weight }) => bounds(weight)));
  const given = all.flatMap(({ gave }) => (gave ? [bounds(gave)] : []));
  const inMost =
    sum(all.map(({ account }) => account.most)) - sum([...parts, ...given].map(([least]) => least));
  const outLeast =
    sum(all.map(({ account }) => account.outLeast)) - sum(parts.map(([, most]) => most));
  const tolerance = sum(all.map(({ account }) => account.tolerance));
  return outLeast <= inMost + tolerance ? [] : ['more was lost than was ever recovered'];
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
