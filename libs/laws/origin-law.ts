import type { LedgerEvent } from '#events/ledger-event';
import type { Origin } from '#events/values';
import { originAccount, originText } from '#libs/laws/origin-account';
import { wholePpm } from '#libs/origin/origin';

/**
 * Origins widen and are never narrowed, and a claim never exceeds how the goods were handled: what
 * an event says its goods could come from is what the events before it have (domain I6, I7).
 */
export function originLaw(isParcel: boolean) {
  const account = originAccount(isParcel);

  /** What the next event in force does not fit in with, in words; empty when it does. */
  return function* take(event: LedgerEvent): Generator<string> {
    if ('origin' in event.data && event.data.origin) yield* impossible(event.type, event.data);
    yield* untrue(event, account.whole());
    account.take(event);
  };
}

/** Shares that cannot add up to all of the goods. */
function* impossible(type: string, data: Readonly<{ origin?: unknown }>): Generator<string> {
  const { countries } = data.origin as Origin;
  if (!Array.isArray(countries) || countries.length === 0) return;
  const least = countries.reduce((sum, { minPpm }) => sum + minPpm, 0);
  const most = countries.reduce((sum, { maxPpm }) => sum + maxPpm, 0);
  if (least > wholePpm || most < wholePpm) yield `I6: the shares of ${type} cannot add up`;
}

/** Goods that go on as a whole take their origin with them as it is. */
function* untrue({ type, data }: LedgerEvent, whole: Origin | null): Generator<string> {
  switch (type) {
    case 'ParcelMixed':
    case 'StoneSet':
    case 'MeleeSet':
    case 'IdentityGivenUp': {
      if (!whole) return;
      const [said, known] = [originText(data.origin), originText(whole)];
      for (const [n, part] of said.entries()) {
        if (part !== known[n])
          yield `${part.slice(0, 2)}: ${type} says ${part.slice(3)}, not ${known[n]?.slice(3)}`;
      }
      return;
    }
    default:
  }
}
