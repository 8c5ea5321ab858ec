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

/** The sieve with this upper number, sign included (`+6.5`). */
export const sieveByNumber = (over: string): Sieve | undefined =>
  sieves().find((sieve) => sieve.over === over);
