import type { Meta, Place } from '#events/event';
import type { ReportDeltas } from '#events/stone';
import type { Money, Origin, Warranty, Weight } from '#events/values';
import { moneyText } from '#libs/trade/price';

const qualifiers: Readonly<Record<Weight['qualifier'], string>> = {
  eq: '',
  gt: 'over ',
  lt: 'under ',
  approx: 'about ',
};

/** `over 200.00 ct`, `34.17 ct ± 0.001 ct`: never more, never less than was stated. */
export function carats({ mct, qualifier, tolMct }: Weight): string {
  const scale = tolMct === undefined ? '' : ` ± ${ct(tolMct)} ct`;
  return `${qualifiers[qualifier]}${ct(mct)} ct${scale}`;
}

/** At least two decimals, as the trade writes; the third where it is not zero. */
export function ct(mct: number): string {
  const text = `${Math.floor(mct / 1000)}.${String(mct % 1000).padStart(3, '0')}`;
  return text.endsWith('0') ? text.slice(0, -1) : text;
}

/** `1 parcel`, `2 parcels`. */
export function some(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** ` for USD 12.00`, or nothing for a price that was not stated. */
export function priced(price: Money | undefined): string {
  return price ? ` for ${moneyText(price)}` : '';
}

/** ` in Antwerp`, or nothing for a place that was not stated. */
export function where(place: Place | undefined): string {
  const { text, unlocode, mineId, gln, country } = place ?? {};
  const name = text ?? unlocode ?? mineId ?? (gln === undefined ? country : `GLN ${gln}`);
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

/** ` (correlation ORDER-7, caused by MSG-77)`, or nothing where the party made no marks. */
export function marks({ correlationId, causationId }: Meta): string {
  const said = [
    ...(correlationId === undefined ? [] : [`correlation ${correlationId}`]),
    ...(causationId === undefined ? [] : [`caused by ${causationId}`]),
  ];
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

/** `99.2 %` of parts per million. */
export function percent(ppm: number): string {
  return `${ppm / 10_000} %`;
}

/** `, by -0.004 ct and +0.01/0/-0.01 mm`, or nothing where no difference was stated. */
export function differing(deltas: ReportDeltas | undefined): string {
  const signed = (value: number) => (value > 0 ? `+${value}` : String(value));
  const { mct, micrometres } = deltas ?? {};
  const said = [
    ...(mct === undefined ? [] : [`${signed(mct / 1000)} ct`]),
    ...(micrometres ? [`${micrometres.map((each) => signed(each / 1000)).join('/')} mm`] : []),
  ];
  return said.length === 0 ? '' : `, by ${said.join(' and ')}`;
}
