import type { CorrectionEvent } from '#events/correction';
import { parseStream } from '#events/streams';
import type { FollowCorrection } from '#libs/correction/correction-command';
import type { CommandMeta } from '#libs/decider/decider';
import { isCorrection } from '#libs/decider/effective';
import { consequences, consequential } from '#libs/ledger/consequences';
import { isContestEvent } from '#libs/ledger/contest-follow';
import { metaOfEffect } from '#libs/ledger/effect-commands';
import type { Ledger } from '#libs/ledger/ledger';
import { reachOf } from '#libs/ledger/reach';
import { actsOf } from '#libs/ledger/restand';
import { tellContest } from '#libs/ledger/tell-contest';
import type { EventStore, RecordedEvent } from '#libs/store/store';

/**
 * Carries out, again if need be, what follows on other streams from a recorded event; `clock` is the
 * ledger's. Throws what `Ledger.execute` throws.
 */
export async function follow(
  ledger: Ledger,
  clock: () => string,
  event: RecordedEvent,
): Promise<void> {
  if (!consequential.has(event.type)) return;
  if (isCorrection(event)) return spread(ledger, clock, event);
  const { store, execute } = ledger;
  if (isContestEvent(event))
    return tellContest(ledger, clock(), event, await store.read(event.stream));
  for (const command of consequences(event, await historyBefore(store, event), clock())) {
    await execute(command);
  }
}

/** Other streams that were told otherwise correct what they were told, once for each correction. */
async function spread(
  ledger: Ledger,
  clock: () => string,
  event: RecordedEvent & CorrectionEvent,
): Promise<void> {
  const history = await ledger.store.read(event.stream);
  if (event.data.reached > 0) await spreadCorrection(ledger, clock, event, history);
  const contests = history.slice(0, event.revision).filter(isContestEvent);
  for (const each of contests) await tellContest(ledger, clock(), each, history, event);
}

async function spreadCorrection(
  ledger: Ledger,
  clock: () => string,
  event: RecordedEvent & CorrectionEvent,
  history: readonly RecordedEvent[],
): Promise<void> {
  const before = history.slice(0, event.revision);
  const [act = []] = actsOf(history.slice(event.revision));
  for (const { stream, told, changes } of reachOf(before, act as readonly CorrectionEvent[])) {
    const { category = 'stone', id = '' } = parseStream(stream) ?? {};
    const meta = metaOfEffect(event, `${stream} ${told.meta.id}`, clock());
    if (!(await wasTold(ledger.store, stream, told))) {
      await ledger.follow(history[told.revision] ?? told);
    }
    const command = { ...followOf(meta, told, changes), cause: event.meta.id };
    await ledger.execute({ category, id, command });
  }
}

async function wasTold(
  store: EventStore,
  stream: string,
  { meta }: RecordedEvent,
): Promise<boolean> {
  const history = await store.read(stream);
  return history.some(({ data }) => 'cause' in data && data.cause === meta.id);
}

async function historyBefore(
  store: EventStore,
  event: RecordedEvent,
): Promise<readonly RecordedEvent[]> {
  if (event.revision === 0) return [];
  return store.read(event.stream, { limit: event.revision });
}

/** What a stream that was `told` otherwise is asked to correct. */
export function followOf(
  meta: CommandMeta,
  told: RecordedEvent,
  changes: FollowCorrection['changes'],
): FollowCorrection {
  const reason = `follows from ${told.stream}`;
  return { type: 'FollowCorrection', told: told.meta.id, cause: meta.id, changes, reason, meta };
}
