import type { Random } from '#apps/cli/generate/random';

/** How a polished stone looks, as a report prints it. */
export type Looks = Readonly<{
  shape: string;
  colour: string;
  clarity: string;
  measurementsMm: string;
}>;

const shapes = [
  { weight: 68, value: 'Round Brilliant' },
  { weight: 9, value: 'Princess' },
  { weight: 7, value: 'Oval' },
  { weight: 5, value: 'Cushion' },
  { weight: 4, value: 'Pear' },
  { weight: 4, value: 'Emerald' },
  { weight: 3, value: 'Marquise' },
];

const colours = [
  ...['D', 'E', 'F'].map((value) => ({ weight: 8, value })),
  ...['G', 'H', 'I', 'J'].map((value) => ({ weight: 13, value })),
  ...['K', 'L', 'M'].map((value) => ({ weight: 6, value })),
  { weight: 1, value: 'Fancy Yellow' },
  { weight: 0.3, value: 'Fancy Vivid Yellow' },
  { weight: 0.2, value: 'Fancy Light Pink' },
];

const clarities = [
  { weight: 2, value: 'IF' },
  { weight: 5, value: 'VVS1' },
  { weight: 7, value: 'VVS2' },
  { weight: 14, value: 'VS1' },
  { weight: 20, value: 'VS2' },
  { weight: 26, value: 'SI1' },
  { weight: 20, value: 'SI2' },
  { weight: 6, value: 'I1' },
];

const roughColours = ['white', 'white', 'yellowish', 'yellowish', 'brownish', 'yellow', 'grey'];

const cuts = ['Excellent', 'Excellent', 'Very Good', 'Good'];

export function looksOf(random: Random, mct: number): Looks {
  return {
    shape: random.weighted(shapes),
    colour: random.weighted(colours),
    clarity: random.weighted(clarities),
    measurementsMm: measurementsOf(random, mct),
  };
}

export function roughColour(random: Random): string {
  return random.pick(roughColours);
}

export function cutGrade(random: Random): string {
  return random.pick(cuts);
}

/**
 * To 0.01 ct, and up only when the third decimal is 9 (domain §0.6): 1.768 ct is printed 1.76,
 * 1.769 ct 1.77.
 */
export function printedMct(mct: number): number {
  return Math.floor((mct + 1) / 10) * 10;
}

/** A round of 1 ct measures about 6.5 mm across; others are taken for rounds. */
function measurementsOf(random: Random, mct: number): string {
  const across = 6.45 * Math.cbrt(mct / 1000);
  const other = across * (1 + random.int(2, 12) / 1000);
  const depth = across * (random.int(590, 630) / 1000);
  return `${across.toFixed(2)} - ${other.toFixed(2)} x ${depth.toFixed(2)}`;
}
