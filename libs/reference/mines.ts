import { daysOf } from '#libs/reference/calendar';
import data from '#libs/reference/mines.json' with { type: 'json' };

/**
 * A mine or field as far as public sources tell. `statusAsOf` is the day, month or year `status`
 * was true; `commissioned` and `closed` are years; null is not known.
 */
export type Mine = Readonly<{
  id: string;
  name: string;
  nameLocal: string | null;
  aliases: readonly string[];
  country: string;
  region: string | null;
  operator: string | null;
  owner: string | null;
  depositType: string | null;
  miningMethod: string | null;
  status:
    | 'producing'
    | 'artisanal'
    | 'construction'
    | 'suspended'
    | 'care-and-maintenance'
    | 'closed'
    | 'unknown';
  statusAsOf: string;
  coordinates: Readonly<{ lat: number; lon: number; precisionKm: number }> | null;
  commissioned: number | null;
  closed: number | null;
  notes: string | null;
  source: string;
}>;

export const mines = data as readonly Mine[];

const byId = new Map(mines.map((mine) => [mine.id, mine]));

export const mineById = (id: string): Mine | undefined => byId.get(id);

/**
 * Whether the mine was at work on a day (`YYYY-MM-DD`), as far as the data tells. "no" is said
 * only of what is known: before the year of commissioning, after the year of closing, and since a
 * reported stop, which lasts until the data records a restart. "yes" is not stretched beyond the
 * day its status was reported. An id that is not in the data is "unknown".
 */
export function mineOperatingOn(id: string, day: string): 'yes' | 'no' | 'unknown' {
  const mine = byId.get(id);
  if (mine === undefined) return 'unknown';
  const { status, commissioned, closed } = mine;
  const year = Number(day.slice(0, 4));
  if (commissioned !== null && year < commissioned) return 'no';
  if (closed !== null && year > closed) return 'no';
  const reported = daysOf(mine.statusAsOf);
  switch (status) {
    case 'suspended':
    case 'care-and-maintenance':
    case 'closed':
      if (day >= reported.last) return 'no';
      return commissioned !== null && closed !== null && year > commissioned && year < closed
        ? 'yes'
        : 'unknown';
    case 'construction':
      return day <= reported.last ? 'no' : 'unknown';
    case 'producing':
    case 'artisanal': {
      const since = commissioned === null ? reported.first : `${commissioned + 1}-01-01`;
      return since <= day && day <= reported.last ? 'yes' : 'unknown';
    }
    case 'unknown':
      return 'unknown';
  }
}
