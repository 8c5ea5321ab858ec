import type { RoughCleaned, RoughValued, StateControlPassed } from '#events/rough';
import type { Command } from '#libs/decider/decider';

/** The custodian cleaned the rough: it weighs no more than before. */
export type CleanRough = Command<'CleanRough'> & RoughCleaned['data'];

/** The owner, the custodian or an authority had the rough valued. */
export type ValueRough = Command<'ValueRough'> & RoughValued['data'];

/** An authority's control before export; `actDate` is `YYYY-MM-DD`. */
export type PassStateControl = Command<'PassStateControl'> &
  Omit<StateControlPassed['data'], 'authority'>;

/** What may be asked of rough, singled out or in a parcel. */
export type RoughCommand = CleanRough | ValueRough | PassStateControl;
