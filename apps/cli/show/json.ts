/**
 * JSON for machines: positions are bigint, hence text. What would steer a terminal is escaped, also
 * where JSON would not ask for it (DEL and C1).
 */
export function json(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner),
    2,
  );
  return text.replace(
    /[\u007f-\u009f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
