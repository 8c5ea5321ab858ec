import { isDay } from '#apps/ledger/bodies';
import type { KnownAt } from '#libs/decider/effective';
import type { Question } from '#libs/views/as-known';

/** A ledger position as a query writes it. */
export const positionForm = /^(?:0|[1-9]\d{0,17})$/;

export function isKnownAt(value: unknown): value is string {
  return isDay(value) || (typeof value === 'string' && positionForm.test(value));
}

/**
 * The question a read asks; `undefined` for the present. Of a query that was not checked yet, what is
 * malformed is passed over: the check refuses it.
 */
export function questionIn(query: object): Question | undefined {
  const { 'valid-at': validAt, 'known-at': known } = query as Readonly<Record<string, unknown>>;
  const question = {
    ...(isDay(validAt) && { validAt }),
    ...(isKnownAt(known) && { knownAt: knownAtIn(known) }),
  };
  return Object.keys(question).length === 0 ? undefined : question;
}

function knownAtIn(text: string): KnownAt {
  return isDay(text) ? { day: text } : { position: BigInt(text) };
}
