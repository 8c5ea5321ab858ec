import type { DocumentRef, Place, When } from '#events/event';
import { idOf } from '#events/streams';
import type { Origin, Weight } from '#events/values';
import { mineById } from '#libs/reference/mines';

/** `2025-04-04 09:00 UTC`, `2025-04-04`, `2025-04` or `2025`: never finer than it is known. */
export function shownWhen({ time, precision }: When): string {
  return precision === 'instant' ? `${time.slice(0, 10)} ${time.slice(11, 16)} UTC` : time;
}

/**
 * `34.17 ct`, `over 200 ct`, `34.17 ct ± 0.001 ct`: a bound stays a bound and shows no decimals it was
 * not given.
 */
export function shownWeight({ tolMct, ...weight }: Weight): string {
  const scale = tolMct === undefined ? '' : ` ± ${carats(tolMct)}`;
  return `${withoutScale(weight)}${scale}`;
}

function withoutScale({ mct, qualifier }: Weight): string {
  const { whole, decimals } = digitsOf(mct);
  const exact = carats(mct);
  const said = decimals === '' ? `${whole} ct` : `${whole}.${decimals} ct`;
  switch (qualifier) {
    case 'eq':
      return exact;
    case 'gt':
      return `over ${said}`;
    case 'lt':
      return `under ${said}`;
    case 'approx':
      return `about ${said}`;
  }
}

/** `34.17 ct`: an exact weight in mct, with a third decimal where it has one. */
export function carats(mct: number): string {
  const { whole, decimals } = digitsOf(mct);
  return `${whole}.${decimals.padEnd(2, '0')} ct`;
}

function digitsOf(mct: number) {
  const decimals = String(mct % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return { whole: String(Math.floor(mct / 1000)), decimals };
}

/** Weights inside a line of the history view, written as {@link shownWeight} writes bounds. */
export function withPlainBounds(line: string): string {
  return line.replace(/\b(over|under|about) (\d+)\.00 ct/g, '$1 $2 ct');
}

/** `Ebelyakh, RU`; empty when nothing is known. */
export function shownPlace(place: Place | null | undefined): string {
  if (!place) return '';
  const { text, mineId, unlocode, gln, country } = place;
  const known = unlocode ?? (gln === undefined ? undefined : `GLN ${gln}`);
  const site = text ?? (mineId === undefined ? known : (mineById(mineId)?.name ?? mineId));
  return [site, country].filter((part) => part !== undefined).join(', ');
}

/** `ring-7 (it was set in)`: whose step it is, where it is not of the goods' own way. */
export function tellerOf({ subject, told_of: as }: Readonly<{ subject: string; told_of: string }>) {
  const why = toldAs[as];
  return why === undefined ? idOf(subject) : `${idOf(subject)} (${why})`;
}

const toldAs: Readonly<Record<string, string>> = {
  article: 'which it was set in',
  'merged-record': 'a record of the same stone',
  'surviving-record': 'the record that stays of the same stone',
};

/** `RU (Ebelyakh), identity-preserved`, shares where goods are mixed. */
export function shownOrigin({ countries, mineIds, chainOfCustody }: Origin): string {
  if (countries.length === 0) return 'unknown';
  const shares = countries.map(({ country, minPpm, maxPpm }) =>
    minPpm === 1_000_000 ? country : `${country} ${shareTold(minPpm, maxPpm)}`,
  );
  const mines = mineIds.map((id) => mineById(id)?.name ?? id).join(', ');
  return `${shares.join(', ')}${mines === '' ? '' : ` (${mines})`}, ${chainOfCustody}`;
}

function shareTold(minPpm: number, maxPpm: number): string {
  const [least, most] = [percent(minPpm), percent(maxPpm)];
  return least === most ? least : `${least} to ${most}`;
}

/** What is not public about a step, in its own words; `undefined` for a public one. */
export function illustrationOf(documents: readonly DocumentRef[] | null): string | undefined {
  const marks = documents?.filter(({ type }) => type === 'illustrative') ?? [];
  if (marks.length === 0) return undefined;
  return marks.map(({ note }) => note ?? 'not public').join('; ');
}

/** `announcement of ALROSA, 2021-04-21`, `press english.pravda.ru/…`. */
export function shownDocument({ type, number, issuer, issuedOn, note }: DocumentRef): string {
  const named = [type, number].filter((part) => part !== undefined).join(' ');
  const by = issuer === undefined ? '' : ` of ${issuer}`;
  const on = issuedOn === undefined ? '' : `, ${issuedOn}`;
  return `${named}${by}${on}${note === undefined ? '' : ` (${note})`}`;
}

/** Every paper the steps rest on, once, in the order they come up; marks are none. */
export function papersOf(
  steps: readonly Readonly<{ documents: readonly DocumentRef[] | null }>[],
): readonly DocumentRef[] {
  const papers = new Map<string, DocumentRef>();
  for (const { documents } of steps) {
    for (const document of documents ?? []) {
      if (document.type !== 'illustrative') papers.set(JSON.stringify(document), document);
    }
  }
  return [...papers.values()];
}

function percent(ppm: number): string {
  return `${Math.round(ppm / 1000) / 10} %`;
}
