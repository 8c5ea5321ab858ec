import type { DocumentRef, Place, Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { idOf } from '#events/streams';
import type { Origin, TitleShare, Weight } from '#events/values';
import type { StruckOut } from '#libs/correction/struck-out';
import { carats, shownOrigin, shownWeight, shownWhen } from '#libs/documents/words';
import type { Facts } from '#libs/rulebook/facts';
import { sharesText } from '#libs/trade/shares';

export type Names = Readonly<Record<string, string>>;

/** An interval of custody, or of title where `party` may be nobody known. */
export type Interval = Readonly<{ since: When | null; until: When | null; basis: string }>;

/** One owner, or several in shares. */
type Owned = Readonly<{ owner: string | null; shares: readonly TitleShare[] | null }>;

/**
 * What a document needs to know of goods of any kind. `factsFor` gives what a jurisdiction's rules
 * are told, null for goods no rule book judges; `contests` are the open ones; `events` are those of
 * its own stream in force.
 */
type AnyGoods = Readonly<{
  subject: string;
  custody: Interval &
    Readonly<{
      custodian: string;
      since: When;
      release: Readonly<{ to: string }> | null;
      consumed: number;
    }>;
  custodians: readonly (Interval & Readonly<{ custodian: string; place: Place | null }>)[];
  title: Interval & Owned;
  owners: readonly (Interval & Owned)[];
  bonds: Readonly<{ standing: string; contests: readonly unknown[] }>;
  factsFor: ((jurisdiction: string) => Facts) | null;
  steps: readonly FileStep[];
  events: readonly Recorded<LedgerEvent>[];
  /** Names of parties, by id. */
  names: Names;
}>;

/** A stone or parcel; `setIn` is the id of the article that a stone is set in. */
export type GoodsFile = AnyGoods &
  Readonly<{
    card: Weight &
      Readonly<{
        form: string;
        consumed: number;
        tol_mct: number | null;
        pieces: number | null;
        names: readonly string[];
        colour: string | null;
        clarity: string | null;
        shape: string | null;
        reports: readonly Readonly<{ laboratory: string; reportNo: string }>[];
        inscription: string | null;
        treatments: readonly string[];
        laboratory_grown: number;
      }>;
    origin: Readonly<{ basis: string; origin: Origin; claims: readonly Claim[] }>;
    setIn: string | null;
  }>;

export type Claim = Readonly<{ by: string; at: When; purpose: string; origin: Origin }>;

/** A piece of jewellery, and the stones that are set in it. */
export type ItemFile = AnyGoods &
  Readonly<{
    item: Readonly<{
      status: string;
      description: string;
      metal: string;
      fineness: number;
      gross_mg: number;
      melee_mct: number;
      hallmarks: readonly Hallmark[];
      claims: readonly Claim[];
    }>;
    stones: readonly Omit<GoodsFile, 'events'>[];
  }>;

type Hallmark = Readonly<{
  country: string;
  mark: string;
  uin: string | null;
  recognised: readonly Readonly<{ state: string; validFrom: string; verdict: string }>[];
}>;

/** A step of a history as its view tells it. */
export type FileStep = Readonly<{
  position: bigint;
  subject: string;
  type: string;
  at: When;
  recorded_at: string;
  by: string;
  line: string;
  /** What it says besides, a phrase each. */
  details: readonly string[] | null;
  place: Place | null;
  documents: readonly DocumentRef[] | null;
  illustrative: number;
  /** As whose it is told: `article` for that which a stone was set in then. */
  told_of: string;
  /** 1 for a step that did not happen. */
  annulled: number;
  corrections: readonly StruckOut[];
}>;

/** A step that was not annulled: only these are facts. */
export const stands = ({ annulled }: FileStep) => annulled === 0;

/** `ALROSA [alrosa]`. */
export function partyTold(id: string, names: Names): string {
  const name = names[id] ?? id;
  return name === id ? id : `${name} [${id}]`;
}

function weightTold({ tol_mct: tolMct, ...card }: GoodsFile['card']): string {
  return shownWeight({ ...card, ...(tolMct !== null && { tolMct }) });
}

export function goodsTold({ card }: Pick<GoodsFile, 'card'>): string {
  const { form, shape, colour, clarity, names, consumed, pieces, treatments } = card;
  const known = [shape, colour, clarity].filter((fact) => fact !== null);
  if (treatments.length > 0) known.push(`treated (${treatments.join(', ')})`);
  if (card.laboratory_grown) known.unshift('laboratory-grown');
  const counted = pieces === null ? [] : [`${pieces} pieces`];
  const called = names.length === 0 ? '' : `, called ${names.join(', ')}`;
  const gone = consumed ? '; no longer exists as such' : '';
  return `${[`${form} of ${weightTold(card)}`, ...counted, ...known].join(', ')}${called}${gone}`;
}

export function itemTold({
  item,
  stones,
}: Pick<ItemFile, 'item'> &
  Readonly<{ stones: readonly Pick<GoodsFile, 'subject' | 'card'>[] }>): string {
  const { description, metal, fineness, gross_mg: gross, melee_mct: melee } = item;
  const set = stones.map(({ subject, card }) => `${idOf(subject)} of ${weightTold(card)}`);
  const small = melee === 0 ? [] : [`melee of ${carats(melee)}`];
  const held = [...set, ...small].join(', ');
  const grams = `${(gross / 1000).toFixed(3)} g`;
  return `${description}, ${metal} ${fineness}, ${grams}${held === '' ? '' : `, set with ${held}`}`;
}

/** Goods of any kind in a line. */
export function told(file: GoodsFile | ItemFile): string {
  return 'item' in file ? itemTold(file) : goodsTold(file);
}

export function ownerTold({ title, names }: Pick<GoodsFile, 'title' | 'names'>): string {
  const { owner: id, shares, since, basis } = title;
  const began = since ? ` since ${shownWhen(since)}` : '';
  if (id === null && basis === 'retail') {
    return `a consumer${began}, by a retail sale: whose pseudonym the seller alone can resolve`;
  }
  if (id === null && !shares) return 'nobody is known to hold the title';
  return `${ownersTold(title, names)}${began}, ${titleBasisTold(basis)}`;
}

/** How somebody came to own goods: `by sale`, `as its producer`. */
export const titleBasisTold = (basis: string) => titleBases[basis] ?? `by ${basis}`;

/** How somebody came to hold goods: `by hand-over`. */
export const custodyBasisTold = (basis: string) => custodyBases[basis] ?? titleBasisTold(basis);

/** `ALROSA [alrosa] 60 %, KGK [kgk] 40 %`, or the one owner; `nobody known` for none. */
export function ownersTold({ owner, shares }: Owned, names: Names): string {
  if (shares) return sharesText(shares, (party) => partyTold(party, names));
  return owner === null ? 'nobody known' : partyTold(owner, names);
}

export function custodianTold({ custody, names }: Pick<GoodsFile, 'custody' | 'names'>): string {
  const { custodian: id, since, until, release, consumed } = custody;
  if (consumed && until) return `nobody in the trade since ${shownWhen(until)}`;
  const way = release ? `; released to ${partyTold(release.to, names)}, not yet accepted` : '';
  return `${partyTold(id, names)} since ${shownWhen(since)}${way}`;
}

/** What a laboratory grew was mined nowhere, whatever its record said before that was found. */
export function originTold({
  card,
  names,
  origin: { origin: claimed, basis, claims },
}: Pick<GoodsFile, 'card' | 'names' | 'origin'>): string {
  const declarants = [...new Set(claims.map(({ by }) => partyTold(by, names)))];
  const declared = declarants.length === 0 ? '' : `, declared by ${declarants.join(', ')}`;
  if (card.laboratory_grown) return 'laboratory-grown, mined nowhere';
  return `${shownOrigin(claimed)}, ${originBases[basis] ?? basis}${declared}: a claim, not a proof`;
}

const titleBases: Readonly<Record<string, string>> = {
  recovered: 'as its producer',
  'unknown-before': 'of which nothing older is known',
  'history-opened': 'as stated when its record was opened',
  'from-parent': 'as what it came out of',
  mixed: 'as the parcels mixed into it',
  made: 'as its maker',
  unset: 'as the article it was set in',
  returned: 'as a customer returned it',
  repurchased: 'as it bought it back from a consumer',
  retail: 'by a retail sale',
  court: 'by order of a court',
  enforcement: 'by enforcement of a pledge',
};

const custodyBases: Readonly<Record<string, string>> = {
  accepted: 'by hand-over',
  found: 'as who found it again',
  seized: 'by seizure',
};

const originBases: Readonly<Record<string, string>> = {
  recovered: 'as stated at recovery',
  'history-opened': 'as stated when its record was opened',
  'from-parent': 'as what it came out of',
  mixed: 'as the parcels mixed into it',
};
