import type { Weight } from '#events/values';

/** What is done with the goods; import measures forbid acts, not stones. */
export const acts = ['import', 'purchase', 'transfer'] as const;
export type Act = (typeof acts)[number];

/**
 * What the per-stone weight can be, in mct, both ends inclusive; `max` null is open-ended.
 * `rounded`: known only from a report that gives hundredths of a carat.
 */
export type MctBounds = Readonly<{ min: number; max: number | null; rounded?: true }>;

/**
 * The last thing that was done to the goods that law calls processing: cut, polished, set, made
 * (for rough codes: sawn, cleaved, bruted). `unprocessed` is rough as it left the mine or reactor.
 * `in` is an ISO 3166-1 alpha-2 country; `operation`, where known, must fit the HS code.
 */
export type Processing =
  | Readonly<{ state: 'unprocessed' }>
  | Readonly<{ state: 'processed'; in: string; operation?: 'sawn' | 'polished' | 'made' }>
  | Readonly<{ state: 'unknown' }>;

/** Customs procedures of temporary character. */
export const procedures = [
  'temporary-admission',
  'inward-processing',
  'outward-processing',
] as const;
export type Procedure = (typeof procedures)[number];

/** What the goods are brought in for, or, bought where they are, that they came there lawfully. */
export const uses = ['commercial', 'personal', 'cultural-loan', 'lawfully-in-destination'] as const;

/** Kinds of paper that decide (regulation.md §12). */
export const evidenceKinds = [
  'kimberley-single',
  'kimberley-listed',
  'kimberley-mixed',
  'kimberley-unstated',
  'g7-certificate',
  'documentary-evidence',
  'due-diligence-statement',
  'location-proof',
  'us-statement-loose',
  'us-statement-jewellery',
  'us-statement-gl103',
  'us-statement-gl104',
  'us-country-of-mining',
  'cbsa-attestation',
  'meti-confirmation',
  'licence',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/**
 * A paper on file. It counts on days `validFrom` … `validTo`, both inclusive, `YYYY-MM-DD`; null
 * is open. Revoked evidence ends the day before its revocation. `ref` names it to the reader. A proof
 * of location proves what it `shows` alone; left out, all that is said of where the goods were.
 */
export type Evidence = Readonly<{
  kind: EvidenceKind;
  validFrom: string | null;
  validTo: string | null;
  ref?: string;
  shows?: Stays;
}>;

/** Since when goods are where, as far as measures ask. */
export type Stays = Pick<Facts, 'leftRussiaOn' | 'inEuOn' | 'inThirdCountrySince'>;

/**
 * Everything a rule may read about one stone, article or homogeneous lot. Null always means "not
 * known", never "no". Days are `YYYY-MM-DD`, countries ISO 3166-1 alpha-2. Facts are those known
 * for the goods; the day of the act is an argument of `evaluate`, so one set serves every day.
 */
export type Facts = Readonly<{
  /** 6 digits (`710239`); headings 7113, 7114 and 9101 may stand alone. */
  hs: string;
  material: 'natural' | 'synthetic';
  /** Weight of one stone, not of the parcel; null when only the parcel's is known. */
  stoneMct: MctBounds | null;
  /**
   * Every country it could have been mined in (synthetic: grown in); null or empty is unknown,
   * `ZZ` stands for some country not named here.
   */
  minedIn: readonly string[] | null;
  processing: Processing;
  /** Countries in which something was made of it before its last processing, as far as is known. */
  workedIn: readonly string[];
  /** The country it is (or would be) shipped from to the jurisdiction. */
  shippedFrom: string | null;
  /** Countries it is known to have passed through. Absence is not proof: see `notChecked`. */
  transited: readonly string[];
  /** The day it last left Russia. */
  leftRussiaOn: string | null;
  /** The earliest day it is known to have been physically in the EU (for CH, LI: EU, CH or LI). */
  inEuOn: string | null;
  /** Since this day it has been in a third country other than Russia. */
  inThirdCountrySince: string | null;
  /** The day the article was made. */
  madeOn: string | null;
  /** The day of the contract. */
  contractOn: string | null;
  use: (typeof uses)[number];
  /** A customs procedure with temporary character, where one is used. */
  procedure: Procedure | null;
  /** The Kimberley certificate is known to be missing or invalid; false is "not known to be". */
  kimberleyRefused: boolean;
  /** The designated person it is dealt with, by id; absent or null: not asked about. */
  counterparty?: string | null;
  evidence: readonly Evidence[];
}>;

/** What no event of the goods can say of an act to come: only who asks knows it. */
export type Circumstances = Partial<Pick<Facts, 'use' | 'procedure' | 'contractOn'>>;

/** Facts of which nothing is known beyond what the goods are; spread it and add what is known. */
export const nothingElseKnown: Omit<Facts, 'hs' | 'material'> = {
  stoneMct: null,
  minedIn: null,
  processing: { state: 'unknown' },
  workedIn: [],
  shippedFrom: null,
  transited: [],
  leftRussiaOn: null,
  inEuOn: null,
  inThirdCountrySince: null,
  madeOn: null,
  contractOn: null,
  use: 'commercial',
  procedure: null,
  kimberleyRefused: false,
  evidence: [],
};

/**
 * The bounds a stated weight leaves. "Over 100 ct" starts one mct above, "under" ends one below;
 * an approximate weight is taken as ten per cent either way.
 */
export function mctBounds({ mct, qualifier }: Weight): MctBounds {
  switch (qualifier) {
    case 'eq':
      return { min: mct, max: mct };
    case 'gt':
      return { min: mct + 1, max: null };
    case 'lt':
      return { min: 0, max: Math.max(0, mct - 1) };
    case 'approx':
      return { min: Math.floor(mct * 0.9), max: Math.ceil(mct * 1.1) };
  }
}
