import { dayAfter } from '#libs/reference/calendar';
import { cutsOf } from '#libs/rulebook/cuts';
import type { Cuts } from '#libs/rulebook/cuts';
import type { Act, Facts } from '#libs/rulebook/facts';
import type { Rule, RuleOf } from '#libs/rulebook/rule';
import type { Placed, Scope } from '#libs/rulebook/scope';

/**
 * A ban with the exceptions that speak too, in the order in which it names them, and the records of
 * its chain that it took over from, the latest first.
 */
export type Ban = Placed<RuleOf<'ban'>> &
  Readonly<{
    exceptions: readonly Placed<RuleOf<'exception'>>[];
    tookOverFrom: readonly Placed<RuleOf<'ban'>>[];
  }>;

/**
 * What a scope says about one act between two boundaries: the same records on each of its days.
 * `thresholds` are the weights they compare with, `cuts` all that the jurisdiction's ever do, `until`
 * the first day that may differ.
 */
export type Era = Readonly<{
  bans: readonly Ban[];
  evidence: readonly Placed<RuleOf<'evidence'>>[];
  others: readonly Placed<RuleOf<'clear' | 'unknown-law'>>[];
  unknownOrigin: Placed<RuleOf<'unknown-origin'>> | null;
  missingWeight: Placed<RuleOf<'missing-weight'>> | null;
  thresholds: readonly number[];
  cuts: Cuts;
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
  const next = after(scope.boundaries, day);
  const until = scope.boundaries[next] ?? null;
  if (knownAt !== null) return makeEra(scope, act, day, until, knownAt);
  let known = eras[act].get(scope);
  if (known === undefined) eras[act].set(scope, (known = []));
  return (known[next] ??= makeEra(scope, act, day, until, null));
}

/** How many of the days, which ascend, are not after this one. */
function after(days: readonly string[], day: string): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? '') <= day) low = middle + 1;
    else high = middle;
  }
  return low;
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
  const of = <K extends Rule['kind']>(...kinds: readonly K[]) =>
    speaking.filter((each): each is Placed<RuleOf<K>> =>
      kinds.some((kind) => kind === each.rule.kind),
    );
  const exceptions = of('exception');
  const readings = new Set(speaking.map(({ rule }) => rule.reading));
  const silentLayer = records.some(
    ({ rule }) => rule.layer === 'kimberley' && !rule.acts.includes(act),
  );
  return {
    bans: of('ban').map((ban) => ({
      ...ban,
      exceptions: ban.rule.exceptions.flatMap((id) =>
        exceptions.filter(({ rule }) => rule.id === id),
      ),
      tookOverFrom: beforeIn(records, ban.rule),
    })),
    evidence: of('evidence'),
    others: of('clear', 'unknown-law'),
    unknownOrigin: of('unknown-origin')[0] ?? null,
    missingWeight: of('missing-weight')[0] ?? null,
    cuts: cutsOf(jurisdiction),
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

/** Bans of its chain that end on the day before it begins, or before one of these does. */
function beforeIn(records: Scope['records'], { chain, id, ...rule }: Rule): Ban['tookOverFrom'] {
  const before: Placed<RuleOf<'ban'>>[] = [];
  let from = rule.effectiveFrom;
  for (;;) {
    const last = records.find(
      (each): each is Placed<RuleOf<'ban'>> =>
        each.rule.kind === 'ban' &&
        each.rule.state === 'in-force' &&
        (each.rule.chain ?? each.rule.id) === (chain ?? id) &&
        each.rule.effectiveTo !== null &&
        dayAfter(each.rule.effectiveTo) === from,
    );
    if (last === undefined) return before;
    before.push(last);
    from = last.rule.effectiveFrom;
  }
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
