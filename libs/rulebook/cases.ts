import type { Cuts } from '#libs/rulebook/cuts';
import type { Facts, MctBounds, Processing } from '#libs/rulebook/facts';
import { hsEntry } from '#libs/rulebook/hs';
import { notNamed } from '#libs/rulebook/impossible';

/** Goods as they could be, and in words what was taken to be so of what is not known of them. */
export type Possible = Readonly<{ facts: Facts; words: string }>;

type Choice<T> = Readonly<{ value: T; words: string }>;

/**
 * Every case of where goods were processed, where they are shipped from and what they weigh, as far
 * as rules with these cuts tell them apart: one case when all of it is known. What no rule names,
 * and the lightest, comes first.
 */
export function* everyCase(facts: Facts, cuts: Cuts): Generator<Possible> {
  for (const processing of processings(facts, cuts)) {
    for (const shippedFrom of shippings(facts, cuts)) {
      for (const stoneMct of weights(facts, cuts)) {
        yield {
          facts: {
            ...facts,
            processing: processing.value,
            shippedFrom: shippedFrom.value,
            stoneMct: stoneMct.value,
          },
          words: [processing, shippedFrom, stoneMct]
            .flatMap(({ words }) => (words === '' ? [] : [words]))
            .join(', '),
        };
      }
    }
  }
}

function processings(
  { hs, processing }: Facts,
  { countries }: Cuts,
): readonly Choice<Processing>[] {
  if (processing.state !== 'unknown') return [{ value: processing, words: '' }];
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
  if (shippedFrom !== null) return [{ value: shippedFrom, words: '' }];
  return [
    { value: notNamed, words: 'shipped from elsewhere' },
    ...countries.map((country) => ({ value: country, words: `shipped from ${country}` })),
  ];
}

function weights({ stoneMct }: Facts, { mct }: Cuts): readonly Choice<MctBounds | null>[] {
  const { min, max } = stoneMct ?? { min: 0, max: null };
  const within = mct.filter((cut) => min < cut && (max === null || cut <= max));
  if (within.length === 0) return [{ value: stoneMct, words: '' }];
  return [min, ...within].map((from, n) => {
    const next = within[n];
    const value = { min: from, max: next === undefined ? max : next - 1 };
    return { value, words: next === undefined ? `of ${from} mct or more` : `below ${next} mct` };
  });
}
