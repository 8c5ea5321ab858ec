import type { Cuts } from '#libs/rulebook/cuts';
import type { Facts, MctBounds, Processing } from '#libs/rulebook/facts';
import { hsEntry } from '#libs/rulebook/hs';
import { notNamed } from '#libs/rulebook/impossible';

/** Goods as they could be, and in words what was taken to be so of what is not known of them. */
export type Possible = Readonly<{ facts: Facts; words: string }>;

type Choice<T> = Readonly<{ value: T; words: string }>;

/**
 * For each that is not known, of where goods were processed, where they are shipped from and what
 * they weigh, its cases as far as rules with these cuts tell them apart. What no rule names, and the
 * lightest, comes first.
 */
export function splitsOf(facts: Facts, cuts: Cuts): readonly (readonly Possible[])[] {
  const each = <K extends keyof Facts>(fact: K, choices: readonly Choice<Facts[K]>[]) =>
    choices.map(({ value, words }): Possible => ({ facts: { ...facts, [fact]: value }, words }));
  return [
    each('processing', processings(facts, cuts)),
    each('shippedFrom', shippings(facts, cuts)),
    each('stoneMct', weights(facts, cuts)),
  ].filter((cases) => cases.length > 0);
}

function processings(
  { hs, processing }: Facts,
  { countries }: Cuts,
): readonly Choice<Processing>[] {
  if (processing.state !== 'unknown') return [];
  const { form } = hsEntry(hs);
  const unprocessed = { value: { state: 'unprocessed' }, words: 'unprocessed' } as const;
  return [
    { value: { state: 'processed', in: notNamed }, words: 'processed elsewhere' },
    ...(form === 'worked' || form === 'article' ? [] : [unprocessed]),
    ...countries.map((country) => ({
      value: { state: 'processed', in: country } as const,
      words: `processed in ${country}`,
    })),
  ];
}

function shippings({ shippedFrom }: Facts, { countries }: Cuts): readonly Choice<string | null>[] {
  if (shippedFrom !== null) return [];
  return [
    { value: notNamed, words: 'shipped from elsewhere' },
    ...countries.map((country) => ({ value: country, words: `shipped from ${country}` })),
  ];
}

function weights({ stoneMct }: Facts, { mct }: Cuts): readonly Choice<MctBounds | null>[] {
  const { min, max } = stoneMct ?? { min: 0, max: null };
  const within = mct.filter((cut) => min < cut && (max === null || cut <= max));
  if (within.length === 0) return [];
  return [min, ...within].map((from, n) => {
    const next = within[n];
    const value = { min: from, max: next === undefined ? max : next - 1 };
    return { value, words: next === undefined ? `of ${from} mct or more` : `below ${next} mct` };
  });
}
