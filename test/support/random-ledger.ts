import { randomOf } from '#apps/cli/generate/random';
import { emptyStream, seal, type Head } from '#libs/store/envelope';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { headAfter, named } from '#test/contract/event-store';

/**
 * Appends about `events` events of some streams, in appends of several at once and one; names are
 * of any script and length. The same for the same seed.
 */
export async function growRandomly(store: EventStore, seed: string, events: number): Promise<void> {
  const random = randomOf(seed);
  const heads = new Map<string, Head>();
  let time = Date.UTC(2026, 0, 1) + random.int(0, 1000);
  for (let made = 0; made < events;) {
    const stream = `stone-${random.int(0, Math.ceil(events / 20))}`;
    const head = heads.get(stream) ?? emptyStream;
    const size = random.chance(0.2) ? random.int(2, 12) : 1;
    const texts = [
      'New Sun',
      'Новое солнце',
      '新太阳',
      '"\\\u007f',
      'x'.repeat(random.int(0, 900)),
    ];
    time += random.int(0, 2000);
    const facts = Array.from({ length: size }, () => {
      const id = random.uuid(time);
      return named(random.pick(texts), random.chance(0.7) ? id : ofVersion4(id));
    });
    const recordedAt = new Date(time).toISOString();
    const entries = seal(store.ledger, stream, head, recordedAt, facts);
    await store.append(stream, head.revision, entries);
    heads.set(stream, headAfter(entries));
    made += size;
  }
}

export async function leavesOf(store: EventStore): Promise<readonly string[]> {
  const leaves: string[] = [];
  for await (const batch of store.readAll(0n)) leaves.push(...batch.map(leafOf));
  return leaves;
}

function leafOf({ leaf }: RecordedEvent): string {
  return leaf;
}

/** Ids that a store cannot sort by time. */
function ofVersion4(id: string): string {
  return `${id.slice(24, 32)}${id.slice(8, 14)}4${id.slice(15)}`;
}
