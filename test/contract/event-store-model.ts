import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seal, type Entry } from '#libs/store/envelope';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { headAfter, named } from '#test/contract/event-store';

/** One append a caller tries: how far behind the stream it is, and which ids it uses. */
type Attempt = Readonly<{ stream: string; behind: number; ids: readonly number[]; name: string }>;

const attempt: fc.Arbitrary<Attempt> = fc.record({
  stream: fc.constantFrom('stone-a', 'stone-b', 'party-c'),
  behind: fc.nat(2),
  ids: fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }),
  name: fc.constantFrom('x', 'y'),
});

const uuidOf = (run: number, n: number) =>
  `${String(run).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;

const statementOf = (entry: Entry) =>
  JSON.stringify((JSON.parse(entry.leaf) as { statement: unknown }).statement);

/** The trivial model: what an append answers, told from the list of everything recorded. */
function expectation(log: readonly Entry[], stream: string, entries: readonly Entry[]): string {
  if (new Set(entries.map((entry) => entry.id)).size < entries.length) return 'id-reused';
  const same = entries.map((entry) => log.find((recorded) => recorded.id === entry.id));
  const reused = entries.some((entry, i) => {
    const recorded = same[i];
    return recorded && statementOf(recorded) !== statementOf(entry);
  });
  if (reused) return 'id-reused';
  if (!same.includes(undefined)) return 'recorded';
  const fresh = same.indexOf(undefined);
  const revision = log.filter((entry) => entry.stream === stream).length - 1;
  return revision === (entries[0]?.revision ?? 0) - 1 + fresh ? 'appended' : 'wrong-revision';
}

const readBack = async (batches: AsyncIterable<readonly RecordedEvent[]>) => {
  const leaves: string[] = [];
  for await (const batch of batches) leaves.push(...batch.map((event) => event.leaf));
  return leaves;
};

/** Random appends, stale ones and repeated ones, against a list. */
export function agreesWithTheModel(open: () => Promise<EventStore>): void {
  it('does what a plain list would do, whatever is appended', async () => {
    const store = await open();
    let run = 0;
    const agrees = async (attempts: readonly Attempt[]) => {
      run += 1;
      const before = await store.end();
      const log: Entry[] = [];
      for (const { stream: category, behind, ids, name } of attempts) {
        const stream = `${category}${run}`;
        const history = log.filter((entry) => entry.stream === stream);
        const head = headAfter(history.slice(0, Math.max(0, history.length - behind)));
        const events = ids.map((id) => named(name, uuidOf(run, id)));
        const entries = seal(store.ledger, stream, head, '2026-11-22T09:00:00Z', events);
        const expected = expectation(log, stream, entries);
        const known = new Set(log.map((entry) => entry.id));
        if (expected === 'appended') log.push(...entries.filter(({ id }) => !known.has(id)));
        const answer = await store.append(stream, head.revision, entries).then(
          ({ revision }) => revision,
          (error: { code: string }) => error.code,
        );
        const accepted = expected === 'appended' || expected === 'recorded';
        expect(answer).toBe(accepted ? head.revision + entries.length : expected);
      }
      const leaves = log.map((entry) => entry.leaf);
      expect(await readBack(store.readAll(before))).toEqual(leaves);
      for (const stream of new Set(log.map((entry) => entry.stream))) {
        const recorded = log.filter((entry) => entry.stream === stream);
        const read = await store.read(stream);
        expect(read.map((event) => event.leaf)).toEqual(recorded.map((entry) => entry.leaf));
      }
    };
    try {
      await fc.assert(fc.asyncProperty(fc.array(attempt, { maxLength: 25 }), agrees));
    } finally {
      await store.close();
    }
  }, 60_000);
}
