import type { LedgerEvent } from '#events/ledger-event';

/** Carried out twice, an effect changes nothing the second time (domain I14). */
export function onceLaw() {
  const done = new Set<string>();

  /** What the next event in force does not fit in with, in words; empty when it does. */
  return function* take({ type, data }: LedgerEvent): Generator<string> {
    if (!('cause' in data) || type === 'ManufacturingLossRecorded' || type === 'StoneBroken')
      return;
    const effect = `${type} by ${String(data.cause)}`;
    if (done.has(effect)) yield `I14: ${effect} is recorded twice`;
    done.add(effect);
  };
}
