import type { OriginContestFollowed } from '#events/origin-claim';
import type { Command } from '#libs/decider/decider';

/**
 * By policy only: what the event `told` of another stream brought here is of `inherited` too. `again`
 * for a repeat because something was corrected: then it is recorded only if it says something new.
 */
export type FollowContest = Command<'FollowContest'> &
  Omit<OriginContestFollowed['data'], 'origin' | 'reached'> &
  Readonly<{ again: boolean }>;
