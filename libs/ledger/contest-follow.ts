import type { Draft } from '#events/event';
import type { OriginContestFollowed, OriginContestResolved } from '#events/origin-claim';
import type { Origin } from '#events/values';
import { effective } from '#libs/decider/effective';
import type { FollowContest } from '#libs/ledger/contest-command';
import { contestReach, originWith, tellingOf } from '#libs/ledger/contest-reach';
import type { Widening } from '#libs/ledger/contest-reach';
import { eitherOrigin } from '#libs/origin/origin';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { RecordedEvent } from '#libs/store/store';
import type { OriginContest } from '#libs/trade/holding';
import { upheldOrigin } from '#libs/trade/origin-claims';

/** An upheld contest, here or of goods these came from. */
export type ContestEvent = RecordedEvent & (OriginContestResolved | OriginContestFollowed);

export function isContestEvent(event: RecordedEvent): event is ContestEvent {
  return event.type === 'OriginContestResolved' || event.type === 'OriginContestFollowed';
}

/**
 * Decides on the history itself, as corrections do: what all the goods could come from depends on
 * all that happened to them since. Once for each cause and telling: a repeat changes nothing.
 */
export function followContest(
  command: FollowContest,
  history: readonly RecordedEvent[],
): readonly Draft<OriginContestFollowed>[] {
  const { contestNo, of, cause, told, inherited, again } = command;
  const telling = tellingOf(history, told);
  if (!telling) return [];
  const before = effective(history).filter(
    (event): event is RecordedEvent & OriginContestFollowed =>
      event.type === 'OriginContestFollowed' && event.data.told === told,
  );
  if (!again && before.some(({ data }) => data.cause === cause)) return [];
  const known = before.reduce(
    (origin, { data }) => eitherOrigin(origin, data.inherited),
    (telling.data as Readonly<{ origin: Origin }>).origin,
  );
  if (again && canonicalJson(eitherOrigin(known, inherited)) === canonicalJson(known)) return [];
  const widening = { origin: inherited, told };
  const origin = originWith(history, widening) ?? inherited;
  const reached = contestReach(history, widening).length;
  const data = { contestNo, of, cause, told, inherited, origin, ...(reached > 0 && { reached }) };
  return [{ type: 'OriginContestFollowed', data }];
}

/** What a contest that was upheld changes in its stream; `undefined` when it changes nothing. */
export function wideningOf({ type, data }: ContestEvent): Widening | undefined {
  if (type === 'OriginContestFollowed') return { origin: data.inherited, told: data.told };
  return data.origin && { origin: data.origin };
}

/** The stream to be told, the event that told it before, and what it is told now. */
type Following = Readonly<{
  stream: string;
  telling: RecordedEvent;
  said: Omit<FollowContest, 'type' | 'meta' | 'again'>;
}>;

/** What follows from a contest as it reads in `history`, which may go on behind it. */
export function followings(
  history: readonly RecordedEvent[],
  { revision, meta }: ContestEvent,
): readonly Following[] {
  const reads = effective(history);
  const event = reads.find((each) => each.meta.id === meta.id);
  const widening = event && isContestEvent(event) ? wideningOf(event) : undefined;
  if (!event || !isContestEvent(event) || !widening) return [];
  const { contestNo } = event.data;
  const of = event.type === 'OriginContestFollowed' ? event.data.of : event.stream;
  const earlier = reads.filter((each) => each.revision < revision);
  return contestReach(earlier, widening).map(({ stream, told, origin: inherited }) => ({
    stream,
    telling: told,
    said: { contestNo, of, cause: meta.id, told: told.meta.id, inherited },
  }));
}

/** How many streams the contest would reach if it were upheld now; 0 when there is none. */
export function reachedBy(
  history: readonly RecordedEvent[],
  contests: readonly OriginContest[],
  contestNo: string,
): number {
  const contest = contests.find((each) => each.contestNo === contestNo);
  return contest ? contestReach(history, { origin: upheldOrigin(contest) }).length : 0;
}
