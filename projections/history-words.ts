import type { Place } from '#events/event';
import type { Money, Origin, Warranty, Weight } from '#events/values';
import { moneyText } from '#libs/trade/price';

const qualifiers: Readonly<Record<Weight['qualifier'], string>> = {
  eq: '',
  gt: 'over ',
  lt: 'under ',
  approx: 'about ',
};

/** `over 200.00 ct`: never more, never less than was stated. */
export function carats({ mct, qualifier }: Weight): string {
  return `${qualifiers[qualifier]}${ct(mct)} ct`;
}

/** At least two decimals, as the trade writes; the third where it is not zero. */
export function ct(mct: number): string {
  const text = `${Math.floor(mct / 1000)}.${String(mct % 1000).padStart(3, '0')}`;
  return text.endsWith('0') ? text.slice(0, -1) : text;
}

/** ` for USD 12.00`, or nothing for a price that was not stated. */
export function priced(price: Money | undefined): string {
  return price ? ` for ${moneyText(price)}` : '';
}

/** ` in Antwerp`, or nothing for a place that was not stated. */
export function where(place: Place | undefined): string {
  const name = place?.text ?? place?.unlocode ?? place?.mineId ?? place?.country;
  return name === undefined ? '' : ` in ${name}`;
}

/** `120.00 ct + 79.50 ct`. */
export function pieces({
  pieces: parts,
}: Readonly<{ pieces: readonly Readonly<{ weight: Weight }>[] }>): string {
  return parts.map(({ weight }) => carats(weight)).join(' + ');
}

export function countriesOf({ countries }: Origin): string {
  return countries.length === 0 ? 'unknown' : countries.map(({ country }) => country).join(', ');
}

/** `, warranted by WDC-2021`, or nothing for a paper without a statement. */
export function warranted(warranties: readonly Warranty[]): string {
  const versions = warranties.map(({ version }) => version);
  return versions.length === 0 ? '' : `, warranted by ${versions.join(' and ')}`;
}
