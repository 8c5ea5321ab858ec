import type { Random } from '#apps/cli/generate/random';
import { secondsOf } from '#apps/cli/generate/moment';

/**
 * Mines of the reference data that worked in the years generated; `share` is roughly what each
 * gives of the world's carats (recalled orders of magnitude, for proportion only). `from` and
 * `until` bound the generated production where the mine did not work all the time.
 */
export type Mine = Readonly<{
  id: string;
  name: string;
  share: number;
  from?: string;
  until?: string;
}>;

export const mines: readonly Mine[] = [
  { id: 'ru-jubilee', name: 'Jubilee', share: 8 },
  { id: 'ru-udachny', name: 'Udachny', share: 5 },
  { id: 'ru-nyurbinsky', name: 'Nyurbinsky', share: 5 },
  { id: 'ru-botuobinsky', name: 'Botuobinsky', share: 4 },
  { id: 'ru-internatsionalny', name: 'Internatsionalny', share: 2 },
  { id: 'ru-aikhal', name: 'Aikhal', share: 2 },
  { id: 'ru-ebelyakh', name: 'Ebelyakh', share: 3 },
  { id: 'ru-karpinskogo-1', name: 'Karpinskogo-1', share: 1.5 },
  { id: 'ru-arkhangelskaya', name: 'Arkhangelskaya', share: 1.5 },
  { id: 'ru-grib', name: 'Grib', share: 4 },
  { id: 'bw-jwaneng', name: 'Jwaneng', share: 12 },
  { id: 'bw-orapa', name: 'Orapa', share: 9 },
  { id: 'bw-karowe', name: 'Karowe', share: 0.5 },
  { id: 'za-venetia', name: 'Venetia', share: 4 },
  { id: 'za-cullinan', name: 'Cullinan', share: 1.5 },
  { id: 'za-finsch', name: 'Finsch', share: 1.5 },
  { id: 'na-debmarine', name: 'Debmarine', share: 1.5 },
  { id: 'na-oranjemund', name: 'Oranjemund', share: 0.4 },
  { id: 'ao-catoca', name: 'Catoca', share: 6 },
  { id: 'ao-luele', name: 'Luele', share: 1.5, from: '2024-01-01' },
  { id: 'ao-lulo', name: 'Lulo', share: 0.2 },
  { id: 'ao-cuango', name: 'Cuango', share: 0.4 },
  { id: 'ao-chitotolo', name: 'Chitotolo', share: 0.3 },
  { id: 'ls-letseng', name: 'Letseng', share: 0.2 },
  { id: 'ls-kao', name: 'Kao', share: 0.3 },
  { id: 'zw-marange', name: 'Marange', share: 4 },
  { id: 'cd-sacim', name: 'SACIM', share: 2.5 },
  { id: 'ca-ekati', name: 'Ekati', share: 3.5 },
  { id: 'ca-gahcho-kue', name: 'Gahcho Kue', share: 6 },
  { id: 'au-argyle', name: 'Argyle', share: 10, until: '2020-10-01' },
  { id: 'tz-williamson', name: 'Williamson', share: 0.4 },
  { id: 'in-majhgawan', name: 'Majhgawan', share: 0.1 },
];

export function countryOf({ id }: Mine): string {
  return id.slice(0, 2).toUpperCase();
}

/** A mine that works all through `from` … `to`, in seconds since 1970. */
export function pickMine(random: Random, from: number, to: number): Mine {
  const working = mines.filter(
    (mine) =>
      (mine.from === undefined || secondsOf(mine.from) <= from) &&
      (mine.until === undefined || secondsOf(mine.until) > to),
  );
  return random.weighted(working.map((mine) => ({ weight: mine.share, value: mine })));
}

/** Another mine of the same country that worked in all of the years, if there is one. */
export function neighbourOf(random: Random, id: string): string | undefined {
  const others = mines.filter(
    (mine) => mine.id !== id && mine.id.slice(0, 2) === id.slice(0, 2) && !mine.from && !mine.until,
  );
  return others.length === 0 ? undefined : random.pick(others).id;
}
