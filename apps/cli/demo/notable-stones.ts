import type { DocumentRef, When } from '#events/event';
import type { Weight } from '#events/values';
import data from '#libs/reference/notable-stones.json' with { type: 'json' };

type StatedWeight = Readonly<{ value: string; qualifier: Weight['qualifier'] }>;
type Dated = Readonly<{ at: string; precision: 'year' | 'month' | 'day' }>;

/** What is publicly known of one real stone; what is missing is not public. */
export type NotableStone = Readonly<{
  id: string;
  rough: Readonly<{
    name: string | null;
    /** `false`: no source for the name was read. */
    nameConfirmed?: boolean;
    weightCt: StatedWeight;
    dimensionsMm?: string;
    colour?: string;
    mineId: string;
    recovered: Dated | null;
    plant?: string;
  }>;
  polished: readonly Readonly<{
    name: string;
    weightCt: StatedWeight;
    shape?: string;
    colour?: string;
    clarity?: string;
    laboratory?: string;
    announced?: Dated;
  }>[];
  cutting?: Readonly<{ duration: string; craftsmen?: number; by?: string }>;
  sale?: Readonly<{ buyer: string; announced: Dated }>;
  notes?: string;
  sources: readonly string[];
}>;

export const notableStones = data as readonly NotableStone[];

export function notableStone(id: string): NotableStone {
  const found = notableStones.find((stone) => stone.id === id);
  if (!found) throw new RangeError(`no notable stone ${id}`);
  return found;
}

/** Carats written with decimals (`207.29`) as a weight in integer mct, as the press reported it. */
export function reported({ value, qualifier }: StatedWeight): Weight {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d{1,3}))?$/.exec(value) ?? [];
  if (whole === undefined) throw new RangeError(`${value} is no weight in carats`);
  return { mct: Number(whole + decimals.padEnd(3, '0')), qualifier, basis: 'reported' };
}

export function when({ at, precision }: Dated): When {
  return { time: at, precision };
}

/** `Dawn (Рассвет)` is one name in two languages. */
export function namesOf(text: string): readonly Readonly<{ name: string; language: string }>[] {
  const [, name = text, local] = /^(.+?) \((.+)\)$/.exec(text) ?? [];
  return [
    { name, language: 'en' },
    ...(local === undefined ? [] : [{ name: local, language: 'ru' }]),
  ];
}

/** Where it can be read. */
export function sourcesOf({ sources }: NotableStone): readonly DocumentRef[] {
  return sources.map((address) => ({ type: 'press', number: address }));
}

/** The public word of it; what was announced is dated no finer than the month of its announcement. */
export function announcement(issuer: string, { at, precision }: Dated): DocumentRef {
  return { type: 'announcement', issuer, ...(precision === 'day' && { issuedOn: at }) };
}
