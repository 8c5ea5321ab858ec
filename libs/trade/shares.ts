import type { TitleShare } from '#events/values';

/** `12.5 %` for 125000 parts per million. */
export function percent(ppm: number): string {
  return `${ppm / 10_000} %`;
}

/** `alrosa 60 %, kgk 40 %`; `named` puts another word in the place of an id. */
export function sharesText(
  shares: readonly TitleShare[],
  named: (party: string) => string = (party) => party,
): string {
  return shares.map(({ party, ppm }) => `${named(party)} ${percent(ppm)}`).join(', ');
}
