import type { FindFlag } from '#libs/ledger/look-up';
import { replay } from '#libs/views/replay';
import { flagOf } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';

/** Found by folding the streams anew; every stream the flag concerns must be among them. */
export const flagIn: FindFlag = async (id, events, day) => {
  const flag = await flagOf(await replay([flags], events, day), id);
  const given = new Set(events.map(({ stream }) => stream));
  if (!flag || flag.streams.some((stream) => !given.has(stream))) return null;
  return { rule: flag.rule, statedBy: flag.events.map(({ by }) => by) };
};
