import { indexed, reference } from '#libs/reference/reference';

/** A place of the trade. `unlocode` is null where none could be confirmed. */
export type Hub = Readonly<{
  id: string;
  name: string;
  country: string;
  unlocode: string | null;
  unlocodeSource: string | null;
  coordinates: Readonly<{ lat: number; lon: number }>;
  coordinateCheck: string | null;
  roles: readonly string[];
  institutions: readonly string[];
  notes?: string | null;
  source: string;
}>;

export const hubs = (): readonly Hub[] => reference()['hubs.json'].content;

const byUnlocode = indexed(
  hubs,
  (all) =>
    new Map(all.flatMap((hub) => (hub.unlocode === null ? [] : [[hub.unlocode, hub] as const]))),
);

/** The hub at a UN/LOCODE (`BEANR`), upper case. */
export const hubByUnlocode = (unlocode: string): Hub | undefined => byUnlocode().get(unlocode);
