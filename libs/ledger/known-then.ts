import { parseStream } from '#events/streams';
import { restated } from '#libs/correction/restate';
import type { Command } from '#libs/decider/decider';
import { amendmentsIn, isCorrection } from '#libs/decider/effective';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import type { FindFlag, Read } from '#libs/ledger/look-up';
import { asReliedOn, lookUp } from '#libs/ledger/look-up';
import type { KnownThen } from '#libs/ledger/restand';
import { readBy } from '#libs/ledger/restand';
import type { RecordedEvent } from '#libs/store/store';

/**
 * Looked up again for acts that recorded what they relied on: other streams as far as they went
 * then, but as they read now, so that what was misread there and put right does not stand in the way.
 */
export async function knownThen(
  history: readonly RecordedEvent[],
  read: Read,
  flagIn: FindFlag,
): Promise<KnownThen> {
  const { category, id = '' } = parseStream(history[0]?.stream ?? '') ?? {};
  const found = new Map<string, object>();
  for (const event of history) {
    if (isCorrection(event) || !('reliedOn' in event.data)) continue;
    const said = restated(event, id);
    if (!said || 'known' in said) continue;
    const command = { ...said, meta: event.meta } as unknown as Command;
    const asked = { category, id, command } as DecidedCommand;
    const looked = await lookUp(asked, asReliedOn(event, asItReads), flagIn);
    const { known } = looked.command as Command & Readonly<{ known?: object }>;
    if (known) found.set(event.meta.id, known);
  }
  return found;

  async function asItReads(stream: string): Promise<readonly RecordedEvent[]> {
    const all = await read(stream);
    const amendments = amendmentsIn(all);
    return amendments ? readBy(all, amendments) : all;
  }
}
