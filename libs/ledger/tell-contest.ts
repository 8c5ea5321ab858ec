import { parseStream } from '#events/streams';
import type { ContestEvent } from '#libs/ledger/contest-follow';
import { followings } from '#libs/ledger/contest-follow';
import { metaOfEffect } from '#libs/ledger/effect-commands';
import type { Ledger } from '#libs/ledger/ledger';
import type { RecordedEvent } from '#libs/store/store';

/**
 * Tells the streams that goods of this one went into that a contest of their origin was upheld, once
 * for each; again with the correction `because` of which there may be more to tell. `history` is of
 * the contest's stream, `now` the ledger's clock. Throws what `Ledger.execute` throws.
 */
export async function tellContest(
  ledger: Ledger,
  now: string,
  contest: ContestEvent,
  history: readonly RecordedEvent[],
  because: RecordedEvent = contest,
): Promise<void> {
  for (const { stream, telling, said } of followings(history, contest)) {
    const { category = 'stone', id = '' } = parseStream(stream) ?? {};
    const meta = metaOfEffect(because, `${stream} ${said.told} ${said.cause}`, now);
    await ledger.follow(history[telling.revision] ?? telling);
    const again = because !== contest;
    await ledger.execute({
      category,
      id,
      command: { type: 'FollowContest', ...said, again, meta },
    });
  }
}
