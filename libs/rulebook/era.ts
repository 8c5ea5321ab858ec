import { dayAfter } from '#libs/reference/calendar';
import type { Act, Facts } from '#libs/rulebook/facts';
import type { Rule } from '#libs/rulebook/rule';
import type { Placed, Scope } from '#libs/rulebook/scope';

/**
 * What a scope says about one act between two boundaries: the same records on each of its days.
 * `thresholds` are the weights they compare with, `until` the first day that may differ.
 */
export type Era = Readonly<{
  bans: readonly Placed[];
  evidence: readonly Placed[];
  others: readonly Placed[];
  exceptions: readonly Placed[];
  unknownOrigin: Rule | null;
  missingWeight: Rule | null;
  thresholds: readonly number[];
  notChecked: readonly string[];
  until: string | null;
}>;

/** Written by some for "no end"; there is no day after it. */
const lastDay = '9999-12-31';

const eras: Readonly<Record<Act, WeakMap<Scope, (Era | undefined)[]>>> = {
  import: new WeakMap(),
  purchase: new WeakMap(),
  transfer: new WeakMap(),
};

/** The era of a day; `knownAt` as in {@link speaksOn}. */
export function eraOf(scope: Scope, act: Act, day: string, knownAt: string | null): Era {
  const { boundaries } = scope;
  let next = 0;
  while (next < boundaries.length && (boundaries[next] ?? '') <= day) next++;
  const until = boundaries[next] ?? null;
  if (knownAt !== null) return makeEra(scope, act, day, until, knownAt);
  let known = eras[act].get(scope);
  if (known === undefined) eras[act].set(scope, (known = []));
  return (known[next] ??= makeEra(scope, act, day, until, null));
}

function makeEra(
  { jurisdiction, records }: Scope,
  act: Act,
  day: string,
  until: string | null,
  knownAt: string | null,
): Era {
  const speaking = records.filter(
    ({ rule }) => rule.acts.includes(act) && speaksOn(rule, day, knownAt),
  );
  const of = (...kinds: readonly Rule['kind'][]) =>
    speaking.filter(({ rule }) => kinds.includes(rule.kind));
  const readings = new Set(speaking.map(({ rule }) => rule.reading));
  const silentLayer = records.some(
    ({ rule }) => rule.layer === 'kimberley' && !rule.acts.includes(act),
  );
  return {
    bans: of('ban'),
    evidence: of('evidence'),
    others: of('clear', 'unknown-law'),
    exceptions: of('exception'),
    unknownOrigin: of('unknown-origin')[0]?.rule ?? null,
    missingWeight: of('missing-weight')[0]?.rule ?? null,
    thresholds: [...new Set(speaking.flatMap(({ thresholds }) => thresholds))],
    notChecked: [
      ...jurisdiction.notChecked,
      ...(silentLayer ? ['the Kimberley certificate: asked for at import only'] : []),
      ...jurisdiction.readings
        .filter(({ id }) => readings.has(id))
        .map(({ text }) => `reading: ${text}`),
    ],
    until,
  };
}

/**
 * Whether a record speaks on a day, to a reader who knows what was public on `knownAt` (null:
 * everything). An end that was not public yet leaves the record open.
 */
export function speaksOn(rule: Rule, day: string, knownAt: string | null): boolean {
  if (rule.effectiveFrom !== null && day < rule.effectiveFrom) return false;
  if (knownAt !== null && rule.publishedOn !== null && rule.publishedOn > knownAt) return false;
  if (rule.effectiveTo === null || day <= rule.effectiveTo) return true;
  return knownAt !== null && rule.endPublishedOn !== null && rule.endPublishedOn > knownAt;
}

/** The next day after `day` on which the verdict could change; null for never. */
export function nextChange({ until }: Era, { evidence }: Facts, day: string): string | null {
  let next = until;
  for (const { validFrom, validTo } of evidence) {
    if (validFrom !== null && validFrom > day && (next === null || validFrom < next)) {
      next = validFrom;
    }
    if (validTo !== null && validTo >= day && validTo < lastDay) {
      const after = dayAfter(validTo);
      if (next === null || after < next) next = after;
    }
  }
  return next;
}
