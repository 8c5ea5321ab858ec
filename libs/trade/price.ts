import type { TitleTransferred } from '#events/trade';
import type { Money } from '#events/values';
import { Refused } from '#libs/decider/decider';
import { isCurrency } from '#libs/reference/currencies';

/** Throws `bad-price` unless a price that was named can be paid; `field` names it. */
export function checkPrice(price: Money | undefined, field: string): void {
  if (!price) return;
  const { minor, currency } = price;
  if (Number.isSafeInteger(minor) && minor >= 0 && isCurrency(currency)) return;
  throw new Refused('bad-price', `${field} is no amount of money`, { field });
}

/**
 * The price that title passes for. Throws `bad-price`, and `no-price` where what is given or inherited
 * has one: who paid bought.
 */
export function checkConsideration({
  basis,
  price,
}: Pick<TitleTransferred['data'], 'basis' | 'price'>): void {
  checkPrice(price, 'price');
  if (!price || (basis !== 'gift' && basis !== 'inheritance')) return;
  const what = basis === 'gift' ? 'a gift' : 'an inheritance';
  throw new Refused('no-price', `${what} has no price`, { field: 'price' });
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
