import type { LedgerEvent } from '#events/ledger-event';
import { canonicalJson } from '#libs/signing/canonical-json';

/** Of these `cause` is no event but a word. */
const worded: ReadonlySet<string> = new Set(['ManufacturingLossRecorded', 'StoneBroken']);

/**
 * Carried out twice, an effect changes nothing the second time (domain I14). An upheld contest comes
 * once for each event by which its goods came here, and again when there is more to say.
 */
export function onceLaw() {
  const done = new Set<string>();

  /** What the next event in force does not fit in with, in words; empty when it does. */
  return function* take({ type, data }: LedgerEvent): Generator<string> {
    if (!('cause' in data) || worded.has(type)) return;
    const more =
      type === 'OriginContestFollowed' ? ` ${data.told} ${canonicalJson(data.origin)}` : '';
    const effect = `${type} by ${String(data.cause)}${more}`;
    if (done.has(effect)) yield `I14: ${effect} is recorded twice`;
    done.add(effect);
  };
}
