/** A correction or annulment in force of a step: who, known since when, what it struck out, why. */
export type StruckOut = Readonly<{
  kind: 'corrected' | 'annulled';
  changes: readonly Readonly<{ field: string; from: unknown; to: unknown }>[];
  by: string;
  recorded_at: string;
  reason: string;
}>;

/** `corrected by X, known since 2025-01-02: weight.mct 5000 reads 5100 (a slip of the pen)`. */
export function struckOut(
  { kind, changes, by, recorded_at: recordedAt, reason }: StruckOut,
  names: Readonly<Record<string, string>>,
): string {
  const who = `${kind} by ${names[by] ?? by}, known since ${recordedAt.slice(0, 10)}`;
  return changes.length === 0 ? `${who}: ${reason}` : `${who}: ${readings(changes)} (${reason})`;
}

/** `weight.mct 5000 reads 5100; form “rough” reads “piece”`. */
export function readings(changes: StruckOut['changes']): string {
  return changes
    .map(({ field, from, to }) => `${field} ${valueText(from)} reads ${valueText(to)}`)
    .join('; ');
}

/** A value of a statement in few signs. */
function valueText(value: unknown): string {
  if (value === null) return 'nothing';
  return typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
}
