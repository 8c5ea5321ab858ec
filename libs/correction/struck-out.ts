import type { Place, When } from '#events/event';
import type { Money, Origin, Weight } from '#events/values';
import { isOfKind } from '#libs/correction/value-kinds';
import { shownOrigin, shownPlace, shownWeight, shownWhen } from '#libs/documents/words';
import { moneyText } from '#libs/trade/price';

/** A correction or annulment in force of a step: who, known since when, what it struck out, why. */
export type StruckOut = Readonly<{
  kind: 'corrected' | 'annulled';
  changes: readonly Readonly<{ field: string; from: unknown; to: unknown }>[];
  by: string;
  recorded_at: string;
  reason: string;
}>;

/** `corrected by X, known since 2025-01-02: weight 5.00 ct reads 5.10 ct (a slip of the pen)`. */
export function struckOut(
  { kind, changes, by, recorded_at: recordedAt, reason }: StruckOut,
  names: Readonly<Record<string, string>>,
): string {
  const who = `${kind} by ${names[by] ?? by}, known since ${recordedAt.slice(0, 10)}`;
  return changes.length === 0 ? `${who}: ${reason}` : `${who}: ${readings(changes)} (${reason})`;
}

/** `weight 5.00 ct, weighed reads 5.10 ct, weighed; form “rough” reads “piece”`. */
export function readings(changes: StruckOut['changes']): string {
  return changes
    .map(({ field, from, to }) => {
      return `${field.replace(/^data\./, '')} ${valueText(from)} reads ${valueText(to)}`;
    })
    .join('; ');
}

/** A value of a statement in few words; JSON where there are none for it. */
export function valueText(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return `“${value}”`;
  if (isOfKind(value, 'weight')) {
    const weight = value as Weight;
    return `${shownWeight(weight)}, ${weight.basis}`;
  }
  if (isOfKind(value, 'money')) return moneyText(value as Money);
  if (isOfKind(value, 'origin')) return shownOrigin(value as Origin);
  if (isOfKind(value, 'when')) return shownWhen(value as When);
  if (isOfKind(value, 'place')) return shownPlace(value as Place) || JSON.stringify(value);
  return JSON.stringify(value);
}
