import { spanOf } from '#libs/decider/when';
import type { When } from '#events/event';
import { chainsOfCustody, qualifiers, weightBases } from '#events/values';

/** What may stand in a field that can be corrected; a trailing `?` lets it be taken away. */
export type ValueKind =
  'text' | 'count' | 'integer' | 'weight' | 'money' | 'origin' | 'day' | 'when' | 'place' | 'texts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isOneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    isText(value) && words.includes(value as string);

/** The form of values, as hostile input meets it; what they may be is the deciders' to say. */
const checks: Readonly<Record<ValueKind, Check>> = {
  text: isText,
  texts: listOf(isText),
  count: isCount,
  integer: (value) => Number.isSafeInteger(value),
  weight: (value) => {
    const { tolMct = 0, ...said } = (value ?? {}) as Readonly<Record<string, unknown>>;
    return isCount(tolMct) && isWeight(said);
  },
  money: shaped({ minor: isCount, currency: isText }),
  origin: shaped({
    countries: listOf(shaped({ country: isText, minPpm: isCount, maxPpm: isCount })),
    mineIds: listOf(isText),
    chainOfCustody: isOneOf(...chainsOfCustody),
  }),
  day: (value) => isText(value) && isTime({ time: value as string, precision: 'day' }),
  when: (value) => isWhen(value) && isTime(value as When),
  place: (value) =>
    isPartOf(value, {
      country: isText,
      unlocode: isText,
      mineId: isText,
      gln: isText,
      text: isText,
    }),
};

const isWeight = shaped({
  mct: isCount,
  qualifier: isOneOf(...qualifiers),
  basis: isOneOf(...weightBases),
});
const isWhen = shaped({ time: isText, precision: isOneOf('year', 'month', 'day', 'instant') });
const isTime = (when: When) => spanOf(when) !== undefined;

/** Whether a value may stand in a field of the kind; `null` takes an optional one away. */
export function isOfKind(value: unknown, kind: ValueKind | `${ValueKind}?`): boolean {
  if (kind.endsWith('?')) return value === null || checks[kind.slice(0, -1) as ValueKind](value);
  return checks[kind as ValueKind](value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.length <= 100 && value.every(check);
}

/** Exactly these fields. */
function shaped(fields: Readonly<Record<string, Check>>): Check {
  return (value) =>
    isPartOf(value, fields) && Object.keys(value as object).length === Object.keys(fields).length;
}

/** At least one of these fields and no others. */
function isPartOf(value: unknown, fields: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const said = Object.entries(value);
  return said.length > 0 && said.every(([name, inner]) => fields[name]?.(inner) === true);
}
