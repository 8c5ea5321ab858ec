/** How the number of a weight is meant. */
export const qualifiers = ['eq', 'gt', 'lt', 'approx'] as const;

/** Where a weight is known from. */
export const weightBases = ['weighed', 'declared', 'reported', 'estimated'] as const;

/**
 * A weight in integer milli-carats (1 ct = 1000 mct = 200 mg). Public facts are often bounds
 * ("over 200 ct"), so `qualifier` says how `mct` is meant and `basis` where it comes from. `tolMct`
 * is how far the scale it was weighed on may err, either way; left out, 5 mct (domain I1).
 */
export type Weight = Readonly<{
  /** @asType integer */
  mct: number;
  qualifier: (typeof qualifiers)[number];
  basis: (typeof weightBases)[number];
  /** @asType integer */
  tolMct?: number;
}>;

/** Integer minor units (cents) of an ISO 4217 currency. */
export type Money = Readonly<{
  /** @asType integer */
  minor: number;
  currency: string;
}>;

/** One country the goods may come from; shares are parts per million of the weight, 0 … 1000000. */
export type OriginShare = Readonly<{
  country: string;
  /** @asType integer */
  minPpm: number;
  /** @asType integer */
  maxPpm: number;
}>;

export const chainsOfCustody = [
  'identity-preserved',
  'segregated',
  'controlled-blending',
  'mass-balance',
  'book-and-claim',
  'unknown',
] as const;
/** ISO 22095 chain-of-custody models, strongest first; a mix takes the weaker of its parts. */
export type ChainOfCustody = (typeof chainsOfCustody)[number];

/**
 * A claim of mining origin: every country the goods could come from, with share bounds
 * (Σ min ≤ 1 ≤ Σ max). An empty `countries` means the origin is unknown.
 */
export type Origin = Readonly<{
  countries: readonly OriginShare[];
  mineIds: readonly string[];
  chainOfCustody: ChainOfCustody;
}>;

/** Part of the title, in parts per million of all of it. */
export type TitleShare = Readonly<{
  party: string;
  /** @asType integer */
  ppm: number;
}>;

/** The trade's sale channels. */
export type SaleChannel = 'long-term-contract' | 'auction' | 'tender' | 'spot' | 'retail';

/** The SHA-256 of the sieve table that polished goods were judged by, where they were. */
export type SieveJudgement = Readonly<{ data: string }>;

/** What a party may do; judged at the day of the act. */
export const partyRoles = [
  'producer',
  'dealer',
  'cutter',
  'laboratory',
  'jeweller',
  'authority',
  'auditor',
  'operator',
] as const;
export type PartyRole = (typeof partyRoles)[number];

/**
 * A statement as given: the version, the SHA-256 of its text, the issuer's unique id in the System
 * of Warranties, and the countries of sourcing where the seller lists them. `data` is the SHA-256
 * of the reference data by which the text was accepted that day.
 */
export type Warranty = Readonly<{
  version: string;
  textSha256: string;
  sowId?: string;
  countries?: readonly string[];
  data?: string;
}>;

/**
 * What the reference data says of a mine on the days of recovery: its country, ISO 3166-1 alpha-2,
 * and whether it was operating (`unknown` is not refused). `data` is the SHA-256 of that data.
 */
export type MineThen = Readonly<{ country: string; operating: 'yes' | 'unknown'; data: string }>;
