import { daysOf } from '#libs/reference/calendar';
import { reference } from '#libs/reference/reference';

/** A wording, and the SHA-256 of its UTF-8 bytes. */
type Wording = Readonly<{ text: string; sha256: string }>;

/** The papers that carry statements. */
export type WarrantedPaper = 'invoice' | 'memo';

/**
 * The wording of a statement on invoices, and on memos where it has none for these (`onMemo`). It was
 * accepted from the first day of `from` to the last day of `roughUntil` for rough, of `otherUntil`
 * for all other goods (`null`: to this day).
 */
export type WarrantyText = Wording &
  Readonly<{
    version: string;
    onMemo?: Wording;
    from: string;
    roughUntil: string | null;
    otherUntil: string | null;
    isSystemOfWarranties: boolean;
    needsSowId: boolean;
    saysNatural: boolean;
    source: string;
  }>;

export const warrantyTexts = (): readonly WarrantyText[] => reference()['warranties.json'].content;

/** Of the facts on texts; recorded with what rests on them. */
export const warrantiesVersion = (): string => reference()['warranties.json'].sha256;

/** The text of a version; `undefined` for one that the reference data has not. */
export function warrantyText(version: string): WarrantyText | undefined {
  return warrantyTexts().find((text) => text.version === version);
}

/** What a text reads on such a paper. */
export function wordingOn(text: WarrantyText, paper: WarrantedPaper): Wording {
  return (paper === 'memo' && text.onMemo) || text;
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
