import { indexed, reference } from '#libs/reference/reference';

/**
 * A size of small round polished goods: it falls through `under` and stays on `over`. Decimal
 * strings as the trade writes them; millimetres of diameter, carats on average.
 */
export type Sieve = Readonly<{
  over: string;
  under: string;
  group: string;
  averageCt: string;
  mmFrom: string;
  mmTo: string;
  source: string;
}>;

export const sieves = (): readonly Sieve[] => reference()['polished-sieves.json'].content;

/** The SHA-256 of the chart in use. */
export const sievesVersion = (): string => reference()['polished-sieves.json'].sha256;

/** Exact hundredths of a millimetre of a decimal string with two decimals. */
const hundredths = (mm: string) => Number(mm.replace('.', ''));

const sizes = indexed(sieves, (all) =>
  all.map((sieve) => ({
    sieve,
    from: hundredths(sieve.mmFrom),
    to: hundredths(sieve.mmTo),
  })),
);

/**
 * The sieve a round polished stone of this diameter stays on; undefined outside the chart.
 * `hundredthsMm` is a whole number: 135 is 1.35 mm.
 */
export function sieveForDiameter(hundredthsMm: number): Sieve | undefined {
  return sizes().find(({ from, to }) => from <= hundredthsMm && hundredthsMm < to)?.sieve;
}

/**
 * The sieves of a class as the trade writes it, smallest first: what stays on one (`+6.5`), what
 * stays on one and falls through another (`+6.5-11`), what falls through one (`-2`). Empty for what
 * is no class of the chart.
 */
export function sievesOf(written: string): readonly Sieve[] {
  const all = sieves();
  const [, over, under] = /^(\+[0-9.]+)?(-[0-9.]+)?$/.exec(written) ?? [];
  if (over === undefined && under === undefined) return [];
  const first = over === undefined ? 0 : all.findIndex((sieve) => sieve.over === over);
  const last = under === undefined ? first : all.findIndex((sieve) => sieve.under === under);
  return first < 0 ? [] : all.slice(first, last + 1);
}
