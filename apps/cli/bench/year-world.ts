/** A class of polished stones by weight; pieces and weights are of one year. */
export type StoneClass = Readonly<{
  name: string;
  /** Lightest stone of the class, in mct. */
  from: number;
  pieces: number;
  /** Mean weight in mct. */
  mean: number;
}>;

export type Country = Readonly<{ name: string; share: number }>;

/**
 * A year of the world's trade in natural diamonds, rounded up: what a ledger of all of it would
 * have to bear.
 *
 * `roughCarats`: 118 million carats were mined in 2024 and 111.5 in 2023 (Kimberley Process
 * statistics as told by rapaport.com/news/russia-still-largest-rough-diamond-producer-by-value-in-2024
 * and rough-polished.expert/en/analytics/141783.html, which also gives the shares of countries).
 * `cutShare` is an assumption: trade pages say that between a fifth and less than a half is gem
 * quality, and near-gem goods are cut too. `cutYield`: rounds keep 45 to 50 % of the rough
 * (jewellermagazine.com/Article/782). The pieces of the classes are an assumption that fills the
 * upper bound of a thousand million polished stones and the carats that are left after cutting; a
 * single laboratory is said to grade over 3 million a year
 * (freeportecon.com/The-Impact-of-GIA-Diamond-Grading--Unseen-Numbers-and-Industry-Insights).
 */
export const world = {
  roughCarats: 120e6,
  cutShare: 0.5,
  cutYield: 0.45,
  /** Assumption: what a parcel that stays a parcel weighs, in carats. */
  roughParcelCarats: 500,
  polishedParcelCarats: 50,
  classes: [
    { name: 'from 1 ct', from: 1000, pieces: 2.5e6, mean: 1500 },
    { name: '0.5 to 1 ct', from: 500, pieces: 5e6, mean: 650 },
    { name: '0.3 to 0.5 ct', from: 300, pieces: 10e6, mean: 370 },
    { name: '0.18 to 0.3 ct', from: 180, pieces: 30e6, mean: 220 },
    { name: 'melee under 0.18 ct', from: 0, pieces: 952.5e6, mean: 10 },
  ],
  countries: [
    { name: 'Russia', share: 0.316 },
    { name: 'Botswana', share: 0.239 },
    { name: 'Angola', share: 0.119 },
    { name: 'Canada', share: 0.113 },
    { name: 'DR Congo', share: 0.083 },
    { name: 'all others', share: 0.13 },
  ],
} as const satisfies World;

export type World = Readonly<{
  roughCarats: number;
  cutShare: number;
  cutYield: number;
  roughParcelCarats: number;
  polishedParcelCarats: number;
  classes: readonly StoneClass[];
  countries: readonly Country[];
}>;

/** From which polished weight on (mct) stones are followed one by one; lighter goods as parcels. */
export const scopes = [
  { name: 'stones from 0.5 ct', from: 500 },
  { name: 'stones from 0.3 ct', from: 300 },
  { name: 'every stone', from: 0 },
] as const;

export type Scope = Readonly<{ name: string; from: number }>;
