import data from '#libs/reference/flag-bounds.json' with { type: 'json' };

/** Polished out of rough, parts per million of the weight. */
export type YieldBounds = Readonly<{
  lowPpm: number;
  highPpm: number;
  implausiblePpm: number;
  source: string;
}>;

/** How near two stones must be to pass for one. */
export type TwinBounds = Readonly<{ mct: number; micrometres: number; source: string }>;

/** How fast goods can go at most; places nearer than `nearKm` are one place. */
export type JourneyBounds = Readonly<{
  kmPerHour: number;
  handlingHours: number;
  nearKm: number;
  source: string;
}>;

/** How many days a receiver has to accept or refuse what was released to it. */
export type ReleaseBounds = Readonly<{ days: number; source: string }>;

/** The policy by which flags are raised. */
export const flagBounds: Readonly<{
  version: string;
  yields: YieldBounds;
  sameMeasurements: TwinBounds;
  journeys: JourneyBounds;
  releases: ReleaseBounds;
}> = data;
