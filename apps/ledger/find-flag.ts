import type { FindFlag } from '#libs/ledger/look-up';
import { replay } from '#libs/views/replay';
import { flagOf } from '#projections/flags/flag';
import { flags } from '#projections/flags/flags';

/** No rule of a flag asks what day it is now. */
const anyDay = '2000-01-01';

/** Found by folding the streams anew; every stream the flag concerns must be among them. */
export const flagIn: FindFlag = async (id, events) => {
  const flag = await flagOf(await replay([flags], events, anyDay), id);
  const given = new Set(events.map(({ stream }) => stream));
  if (!flag || flag.streams.some((stream) => !given.has(stream))) return null;
  return { rule: flag.rule, statedBy: flag.events.map(({ by }) => by) };
};
