import type { Content } from '#events/parcel';
import type { Origin, Weight } from '#events/values';
import type { RecordedEvent } from '#libs/store/store';

/**
 * What the goods of a stream weigh and where they could have been mined, gone through event by event
 * by the words of domain.md I6 alone: written apart from everything the service folds with. For
 * goods weighed exactly; `countries` are `CC least-most` in parts per million, in order.
 */
export type BruteGoods = Readonly<{ mct: number; countries: readonly string[] }>;

type Share = Readonly<{ least: bigint; most: bigint }>;
type Shares = ReadonlyMap<string, Share>;

const all = 1_000_000n;
const anything: Share = { least: 0n, most: all };
const mines: Readonly<Record<string, string>> = {
  'ru-ebelyakh': 'RU',
  'bw-jwaneng': 'BW',
  'ca-diavik': 'CA',
};

/** The events are those of one stream that count, in order; `null` before the goods are there. */
export function bruteGoods(events: readonly RecordedEvent[]): BruteGoods | null {
  const isParcel = events[0]?.stream.startsWith('parcel-') === true;
  let shares: Shares | undefined;
  /** As the goods are told to weigh, and as the account of the parcel has it: what came, what went. */
  let told = 0;
  let [came, went] = [0, 0];
  for (const { type, data } of events) {
    switch (type) {
      case 'RoughDiamondRecovered':
        shares = ofMine(data.mineId);
        told = data.weight.mct;
        break;
      case 'ProductionLotRecovered':
        shares = ofMine(data.mineId);
        [told, came, went] = [data.content.weight.mct, data.content.weight.mct, 0];
        break;
      case 'StoneOpened':
        shares = sharesOf(data.origin);
        told = data.weight.mct;
        break;
      case 'ParcelOpened':
        shares = sharesOf(data.origin);
        [told, came, went] = [data.content.weight.mct, data.content.weight.mct, 0];
        break;
      case 'MixReceived': {
        const { mct } = data.content.weight;
        const left = Math.max(0, came - went);
        shares = shares
          ? mixed(shares, BigInt(left), sharesOf(data.origin), BigInt(mct))
          : sharesOf(data.origin);
        told += mct;
        [came, went] = [left + mct, 0];
        break;
      }
      case 'OriginDeclared':
      case 'IdentitiesMerged':
      case 'OriginContestResolved':
      case 'OriginContestFollowed':
        if (shares && data.origin) shares = either(shares, sharesOf(data.origin));
        break;
      case 'StoneBruted':
      case 'StoneBlocked':
      case 'StoneRecut':
      case 'StoneRepolished':
        told = data.weightAfter.mct;
        break;
      case 'RoughCleaned': {
        const { mct } = data.weightAfter;
        told = mct;
        [came, went] = [Math.min(mct, Math.max(0, came - went)), 0];
        break;
      }
      case 'ManufacturingStarted':
        if (isParcel && shares) shares = opened(shares);
        break;
      case 'PolishedParcelProduced':
        leave([data.content], false);
        break;
      case 'ManufacturingLossRecorded':
        if (isParcel) leave([data], false);
        break;
      case 'ParcelSorted':
        leave([...data.parts.map(({ content }) => content), { weight: data.loss }], true);
        break;
      case 'ParcelSplit':
        leave(
          data.parts.map(({ content }) => content),
          true,
        );
        break;
      case 'StoneSingledOut':
        leave([data], true);
        break;
      case 'LaboratoryGrownDetected':
        if (data.part) leave([data.part.content], true);
        break;
      default:
    }
  }
  return shares ? { mct: told, countries: written(shares) } : null;

  /** A rest may hold any of what was there, as far as it is no bigger than that (I6). */
  function leave(parts: readonly Pick<Content, 'weight'>[], isTaken: boolean): void {
    const before = Math.max(0, came - went);
    const out = sum(parts.map(({ weight }) => weight));
    went += out;
    told = Math.max(0, told - out);
    if (isTaken && shares) shares = restOf(shares, before, Math.max(0, came - went));
  }
}

function sum(weights: readonly Weight[]): number {
  return weights.reduce((total, { mct }) => total + mct, 0);
}

function ofMine(mineId: string): Shares {
  const country = mines[mineId];
  return new Map(country === undefined ? [] : [[country, { least: all, most: all }]]);
}

function sharesOf({ countries }: Origin): Shares {
  return new Map(
    countries.map(({ country, minPpm, maxPpm }) => [
      country,
      { least: BigInt(minPpm), most: BigInt(maxPpm) },
    ]),
  );
}

/** Of goods nothing is known of, any share may be from anywhere. */
function share(of: Shares, country: string): Share {
  if (of.size === 0) return anything;
  return of.get(country) ?? { least: 0n, most: of.get('ZZ')?.most ?? 0n };
}

function each(a: Shares, b: Shares, make: (one: Share, other: Share) => Share): Shares {
  const named = new Set([...a.keys(), ...b.keys()]);
  if (named.size > 0 && (a.size === 0 || b.size === 0)) named.add('ZZ');
  return new Map(
    [...named].map((country) => [country, make(share(a, country), share(b, country))]),
  );
}

function either(a: Shares, b: Shares): Shares {
  return each(a, b, (one, other) => ({
    least: one.least < other.least ? one.least : other.least,
    most: one.most > other.most ? one.most : other.most,
  }));
}

function mixed(a: Shares, left: bigint, b: Shares, right: bigint): Shares {
  const total = left + right;
  if (total === 0n) return either(a, b);
  return each(a, b, (one, other) => ({
    least: (one.least * left + other.least * right) / total,
    most: upwards(one.most * left + other.most * right, total),
  }));
}

/** Bounds are rounded outwards. */
function upwards(amount: bigint, by: bigint): bigint {
  return amount / by + (amount % by === 0n ? 0n : 1n);
}

function restOf(of: Shares, before: number, after: number): Shares {
  const whole = BigInt(Math.max(1, before));
  const part = BigInt(Math.max(1, Math.min(after, before)));
  return new Map(
    [...of].map(([country, { least, most }]) => {
      const must = part * all - whole * (all - least);
      const may = upwards(most * whole, part);
      return [country, { least: must > 0n ? must / part : 0n, most: may < all ? may : all }];
    }),
  );
}

function opened(of: Shares): Shares {
  const possible = [...of].filter(([, { most }]) => most > 0n);
  if (possible.length < 2) return new Map(possible);
  return new Map(possible.map(([country]) => [country, anything]));
}

function written(of: Shares): readonly string[] {
  return [...of].map(([country, { least, most }]) => `${country} ${least}-${most}`).sort();
}
