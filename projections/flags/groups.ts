import type { Recorded } from '#events/event';
import type { Table, ViewWriter } from '#libs/views/views';
import type { Noted } from '#projections/flags/flag';
import { dropGrounds, noted } from '#projections/flags/flag';

/** What was said of one thing in several streams, in the order of the ledger. */
type Group<Said extends Noted> = Readonly<{ thing: string; said: readonly Said[] }>;

/** Which groups a stream has a say in; the names of two kinds of groups differ. */
const groupsOf: Table<Readonly<{ subject: string; thing: string }>> = {
  name: 'flag_groups_of',
  columns: { subject: 'text', thing: 'text' },
  key: ['subject', 'thing'],
};

export const groupTables = [groupsOf] as const;

/**
 * Things that are said of streams that have nothing else to do with one another: a paper's number,
 * a report. `judge` raises what the nth saying shows after those before it, with the thing for
 * owner. Said again in another order, the same is raised.
 */
export function groups<Said extends Noted>(
  name: string,
  prefix: string,
  judge: (views: ViewWriter, thing: string, said: readonly Said[], nth: number) => Promise<void>,
) {
  const table: Table<Group<Said>> = {
    name,
    columns: { thing: 'text', said: 'json' },
    key: ['thing'],
  };
  return { table, say, forget, settle };

  /** While streams are projected anew nothing is judged: they are settled when all is said. */
  async function say(
    event: Recorded,
    views: ViewWriter,
    id: string,
    more: Omit<Said, keyof Noted>,
    anew: ReadonlySet<string> | undefined,
  ): Promise<void> {
    const thing = `${prefix}${id}`;
    const own = { ...noted(event), ...more } as Said;
    const before = (await views.get(table, { thing }))?.said ?? [];
    const said = anew ? [...before, own].toSorted(byPosition) : [...before, own];
    views.put(table, { thing, said });
    views.put(groupsOf, { subject: event.stream, thing });
    if (!anew) await judge(views, thing, said, said.length - 1);
  }

  async function forget(subject: string, views: ViewWriter): Promise<void> {
    for (const thing of await thingsOf(subject, views)) {
      const said = (await views.get(table, { thing }))?.said ?? [];
      const left = said.filter(({ stream }) => stream !== subject);
      if (left.length === 0) views.delete(table, { thing });
      else views.put(table, { thing, said: left });
      await rejudge(views, thing, left);
      views.delete(groupsOf, { subject, thing });
    }
  }

  async function settle(subject: string, views: ViewWriter): Promise<void> {
    for (const thing of await thingsOf(subject, views)) {
      await rejudge(views, thing, (await views.get(table, { thing }))?.said ?? []);
    }
  }

  async function thingsOf(subject: string, views: ViewWriter): Promise<readonly string[]> {
    const all = await views.list(groupsOf, { subject });
    return all.map(({ thing }) => thing).filter((thing) => thing.startsWith(prefix));
  }

  async function rejudge(views: ViewWriter, thing: string, said: readonly Said[]): Promise<void> {
    await dropGrounds(views, thing);
    for (const nth of said.keys()) await judge(views, thing, said, nth);
  }
}

function byPosition(a: Noted, b: Noted): number {
  return BigInt(a.position) < BigInt(b.position) ? -1 : 1;
}
