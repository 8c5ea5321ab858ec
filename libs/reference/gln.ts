/**
 * Whether a text is a Global Location Number: 13 digits, the last of which makes the sum of all of
 * them, every second one threefold, end in 0 (GS1 General Specifications, section 7.9).
 */
export function isGln(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false;
  const sum = Array.from(text, Number).reduce(
    (all, digit, n) => all + digit * (n % 2 === 0 ? 1 : 3),
    0,
  );
  return sum % 10 === 0;
}
