import { reference } from '#libs/reference/reference';

/**
 * The agreements on marks, each between `states` (ISO 3166-1 alpha-2). Marks count from
 * `recognisedFrom` on; null: not yet, or not known. Only `read` makes a yes.
 */
export type Hallmarks = Readonly<{
  version: string;
  uin: Readonly<{ country: string; from: string; source: string }>;
  agreements: readonly Readonly<{
    id: string;
    name: string;
    states: readonly string[];
    inForce: string | null;
    recognisedFrom: string | null;
    note?: string;
    confidence: 'read' | 'recalled';
    source: string;
  }>[];
}>;

const data = () => reference()['hallmarks.json'].content;

/** Of the facts on hallmarks; recorded with what rests on them. */
export const hallmarksVersion = (): string => reference()['hallmarks.json'].sha256;

/** What the data says of one state's marks in another on a day (`YYYY-MM-DD`). */
export type Recognition = Readonly<{
  /** `no`: an agreement covers both, and does not work yet. `unknown`: nothing that was read says. */
  verdict: 'yes' | 'no' | 'unknown';
  agreement: string | null;
}>;

/** A state recognises its own marks. Only what was read makes a `yes` or a `no`. */
export function recognitionOf(markCountry: string, state: string, day: string): Recognition {
  if (markCountry === state) return { verdict: 'yes', agreement: null };
  const covering = data().agreements.filter(
    ({ states }) => states.includes(markCountry) && states.includes(state),
  );
  const working = covering.find(
    ({ recognisedFrom }) => recognisedFrom !== null && recognisedFrom <= day,
  );
  if (working) {
    const verdict = working.confidence === 'read' ? 'yes' : 'unknown';
    return { verdict, agreement: working.id };
  }
  const [pending] = covering;
  return pending
    ? { verdict: 'no', agreement: pending.id }
    : { verdict: 'unknown', agreement: null };
}

/** Whether articles marked in the country on that day are given a unique number. */
export function needsUin(country: string, day: string): boolean {
  return country === data().uin.country && day >= data().uin.from;
}
