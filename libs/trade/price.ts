import type { Money } from '#events/values';
import { Refused } from '#libs/decider/decider';

/** Throws `bad-price` unless a price that was named can be paid; `field` names it. */
export function checkPrice(price: Money | undefined, field: string): void {
  if (!price) return;
  const { minor, currency } = price;
  if (Number.isSafeInteger(minor) && minor >= 0 && /^[A-Z]{3}$/.test(currency)) return;
  throw new Refused('bad-price', `${field} is no amount of money`, { field });
}
