import type { Money } from '#events/values';
import { Refused } from '#libs/decider/decider';

/** Throws `bad-price` unless a price that was named can be paid; `field` names it. */
export function checkPrice(price: Money | undefined, field: string): void {
  if (!price) return;
  const { minor, currency } = price;
  if (Number.isSafeInteger(minor) && minor >= 0 && /^[A-Z]{3}$/.test(currency)) return;
  throw new Refused('bad-price', `${field} is no amount of money`, { field });
}

/** `USD 1234.50`, `JPY 1234`: with as many decimals as the currency has (ISO 4217). */
export function moneyText({ minor, currency }: Money): string {
  const digits = decimalsOf(currency);
  const text = String(minor).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${currency} ${digits === 0 ? text : `${whole}.${text.slice(-digits)}`}`;
}

/** Currencies whose minor unit is not a hundredth (ISO 4217, list one). */
const withoutMinor = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(
  ' ',
);
const inThousandths = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');

function decimalsOf(currency: string): number {
  if (withoutMinor.includes(currency)) return 0;
  return inThousandths.includes(currency) ? 3 : 2;
}
