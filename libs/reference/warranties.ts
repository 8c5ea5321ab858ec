import { daysOf } from '#libs/reference/calendar';
import data from '#libs/reference/warranties.json' with { type: 'json' };

/**
 * The wording of a statement on invoices and memos, with the SHA-256 of its UTF-8 bytes. It was
 * accepted from the first day of `from` to the last day of `roughUntil` for rough, of `otherUntil`
 * for all other goods (`null`: to this day).
 */
export type WarrantyText = Readonly<{
  version: string;
  text: string;
  sha256: string;
  from: string;
  roughUntil: string | null;
  otherUntil: string | null;
  isSystemOfWarranties: boolean;
  needsSowId: boolean;
  saysNatural: boolean;
  source: string;
}>;

export const warrantyTexts: readonly WarrantyText[] = data;

/** The text of a version; throws for one that the reference data has not. */
export function warrantyText(version: string): WarrantyText {
  const found = warrantyTexts.find((text) => text.version === version);
  if (!found) throw new RangeError(`no warranty text ${version}`);
  return found;
}

/** Whether a text was accepted on a day (`YYYY-MM-DD`) for rough or for other goods. */
export function acceptedOn(
  { from, roughUntil, otherUntil }: WarrantyText,
  day: string,
  isRough: boolean,
): boolean {
  const until = isRough ? roughUntil : otherUntil;
  return daysOf(from).first <= day && (until === null || day <= daysOf(until).last);
}
