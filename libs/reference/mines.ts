import { daysOf } from '#libs/reference/calendar';
import { builtIn, indexed, reference } from '#libs/reference/reference';

/** A spell at work or at a stop; without `to` it lasts until the data records its end. */
export type Operation = Readonly<{
  state: 'operating' | 'stopped';
  from: string;
  to?: string;
  note?: string;
  source: string;
}>;

/**
 * A mine or field as far as public sources tell. `statusAsOf` is the day, month or year `status`
 * was true; `commissioned` and `closed` are years; null is not known.
 */
export type Mine = Readonly<{
  id: string;
  name: string;
  nameLocal?: string | null;
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
  /** Reported spells, `from` and `to` included, as precise as they are known. */
  operations?: readonly Operation[];
  notes: string | null;
  source: string;
}>;

export const mines = (): readonly Mine[] => reference()['mines.json'].content;

/** Of the facts on mines; recorded with what rests on them. */
export const minesVersion = (): string => reference()['mines.json'].sha256;

const indexOf = (all: readonly Mine[]) => new Map(all.map((mine) => [mine.id, mine]));
const byId = indexed(mines, indexOf);
const inBuild = indexOf(builtIn['mines.json'].content);

export const mineById = (id: string): Mine | undefined => byId().get(id);

/**
 * By what this build brings, whatever is in use: what is read off old events must not change with
 * a file that was put beside them.
 */
export const builtInMine = (id: string): Mine | undefined => inBuild.get(id);

/**
 * Whether the mine was at work on a day (`YYYY-MM-DD`), as far as the data tells. A reported spell
 * decides; a day after the end of one and before the next report is "unknown". Else "no" is said
 * only of what is known: before the year of commissioning, after the year of closing, and since a
 * reported stop, which lasts until the data records a restart. "yes" is not stretched beyond the
 * day its status was reported. An id that is not in the data is "unknown".
 */
export function mineOperatingOn(id: string, day: string): 'yes' | 'no' | 'unknown' {
  const mine = mineById(id);
  if (mine === undefined) return 'unknown';
  const spells = mine.operations ?? [];
  const spell = spells.find((each) => isCertain(each, day));
  if (spell) return spell.state === 'operating' ? 'yes' : 'no';
  if (spells.some(({ from }) => daysOf(from).first <= day)) return 'unknown';
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

/** Only days that lie in the spell however its dates are meant. */
function isCertain({ from, to }: Operation, day: string): boolean {
  return daysOf(from).last <= day && (to === undefined || day <= daysOf(to).first);
}
