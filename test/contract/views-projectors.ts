import { describe, expect, it } from '@jest/globals';
import { ViewsChanged } from '#libs/views/errors';
import {
  contractProjections,
  holding,
  holdings,
  openedTwice,
  row,
  seen,
  words,
} from '#test/contract/views-fixture';
import type { NewPlace } from '#test/contract/views-fixture';

/** What every engine does when several keep its views, and from one generation to the next. */
export function projectorsContract(name: string, newPlace: NewPlace): void {
  describe(`views in ${name}, kept by several`, () => {
    const opened = openedTwice(newPlace);

    it('never mix the rows of two projectors: the second to commit is told', async () => {
      const first = await opened.live();
      const second = await opened.views.live(contractProjections);
      first.writer(holding, '2026-01-01').put(holdings, row('a', 1));
      second.writer(holding, '2026-01-01').put(holdings, row('b', 1));
      await first.commit(1n);
      await expect(second.commit(1n)).rejects.toThrow(ViewsChanged);
      await first.commit(2n);
      expect(await opened.others.reader.list(holdings, {})).toEqual([row('a', 1)]);
    });

    it('never mix the rows of two projectors elsewhere either, not even when both commit at once', async () => {
      await opened.live();
      for (let n = 1n; n <= 20n; n++) {
        const sets = [
          await opened.views.live(contractProjections),
          await opened.others.live(contractProjections),
        ];
        const commits = sets.map(async (set, one) => {
          for (let i = 0; i < 30; i++) {
            set.writer(holding, '2026-01-01').put(holdings, row(`p${one}`, i, { position: n }));
          }
          set.writer(holding, '2026-01-01').put(holdings, row('last', 1, { mct: one }));
          await set.commit(n);
        });
        const ended = await Promise.allSettled(commits);
        const lost = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
        expect(lost).toEqual([expect.any(ViewsChanged)]);
        const winner = ended[0]?.status === 'fulfilled' ? 0 : 1;
        const last = await opened.others.reader.get(holdings, { subject: 'last', seq: 1 });
        expect(last?.mct).toBe(winner);
        const first = await opened.views.reader.list(holdings, { position: n });
        expect(first.filter(({ subject }) => subject !== 'last')).toHaveLength(30);
        expect(new Set(first.map(({ subject }) => subject))).toEqual(
          new Set(n === 1n ? [`p${winner}`, 'last'] : [`p${winner}`]),
        );
        expect((await opened.views.positions()).get('holding')).toBe(n);
      }
    });

    it('tell a projector whose tables were replaced and thrown away', async () => {
      const first = await opened.live();
      for (let n = 0; n < 3; n++) {
        await opened.others.next(contractProjections);
        await opened.others.swap(contractProjections);
      }
      first.writer(holding, '2026-01-01').put(holdings, row('a', 1));
      await expect(first.commit(1n)).rejects.toThrow(ViewsChanged);
      expect(await opened.others.reader.list(holdings, {})).toEqual([]);
    });

    it('begin one next generation, however many ask for it at once', async () => {
      await opened.live();
      const [one, two] = await Promise.all([
        opened.views.next([holding]),
        opened.others.next([holding]),
      ]);
      one.writer(holding, '2026-01-01').put(holdings, row('a', 1));
      await one.commit(3n);
      await expect(two.commit(3n)).rejects.toThrow(ViewsChanged);
      expect((await opened.others.next([holding])).position(holding)).toBe(3n);
      const swaps = await Promise.allSettled([
        opened.views.swap([holding]),
        opened.others.swap([holding]),
      ]);
      expect(swaps.some((each) => each.status === 'fulfilled' && each.value)).toBe(true);
      expect(await opened.others.reader.list(holdings, {})).toEqual([row('a', 1)]);
    });

    it('show the same once what is to be swapped in was prepared', async () => {
      await opened.live();
      const set = await opened.views.next([holding]);
      set.writer(holding, '2026-01-01').put(holdings, row('a', 1, { mct: 3 }));
      await set.commit(1n);
      await opened.views.prepare([holding]);
      set.writer(holding, '2026-01-01').put(holdings, row('b', 1, { mct: 2 }));
      await set.commit(2n);
      expect(await opened.views.reader.list(holdings, {})).toEqual([]);
      expect(await opened.views.swap([holding])).toBe(true);
      expect(await opened.views.reader.list(holdings, { mct: 2 })).toEqual([
        row('b', 1, { mct: 2 }),
      ]);
    });

    it('write nothing at all when one projection of the set has moved', async () => {
      const set = await opened.live();
      await (await opened.views.live([words])).commit(1n);
      set.writer(holding, '2026-01-01').put(holdings, row('a', 1));
      await expect(set.commit(2n)).rejects.toThrow('words');
      expect(await opened.views.reader.list(holdings, {})).toEqual([]);
      expect((await opened.views.positions()).get('holding')).toBe(0n);
    });

    it('let the next batch be projected while one is written', async () => {
      const set = await opened.live();
      const writer = set.writer(holding, '2026-01-01');
      writer.put(holdings, row('a', 1));
      writer.put(holdings, row('b', 1));
      const first = set.commit(1n);
      const tooEarly = set.commit(2n);
      await expect(tooEarly).rejects.toThrow('not finished');
      expect(await writer.get(holdings, { subject: 'a', seq: 1 })).toEqual(row('a', 1));
      writer.put(holdings, row('a', 1, { holder: 'uso' }));
      expect((await writer.list(holdings, {})).map(({ holder }) => holder)).toEqual([
        'uso',
        'alrosa',
      ]);
      await first;
      expect(await opened.views.reader.list(holdings, {})).toEqual([row('a', 1), row('b', 1)]);
      expect((await opened.views.positions()).get('holding')).toBe(1n);
      await set.commit(2n);
      expect((await opened.views.reader.list(holdings, { holder: 'uso' })).length).toBe(1);
    });

    it('build the next generation beside the live one and swap it in', async () => {
      const set = await opened.live();
      set.writer(holding, '2026-01-01').put(holdings, row('old', 1));
      await set.commit(5n);
      const next = await opened.views.next([holding]);
      expect(next.position(holding)).toBe(0n);
      next.writer(holding, '2026-01-01').put(holdings, row('new', 1));
      await next.commit(4n);
      expect(await opened.views.swap([holding])).toBe(false);
      expect(await opened.views.reader.list(holdings, {})).toEqual([row('old', 1)]);
      await next.commit(5n);
      expect(await opened.views.swap([holding])).toBe(true);
      expect(await opened.views.reader.list(holdings, {})).toEqual([row('new', 1)]);
      expect(await opened.views.reader.list(seen, {})).toEqual([]);
      await expect(set.commit(6n)).rejects.toThrow(ViewsChanged);
      const again = await opened.views.live(contractProjections);
      again.writer(holding, '2026-01-01').put(holdings, row('newer', 1));
      await again.commit(6n);
      expect(await opened.views.reader.list(holdings, {})).toEqual([
        row('new', 1),
        row('newer', 1),
      ]);
    });

    it('take up a rebuild where it was left, or throw it away', async () => {
      await opened.live();
      const begun = await opened.views.next([holding]);
      begun.writer(holding, '2026-01-01').put(holdings, row('a', 1));
      await begun.commit(3n);
      const resumed = await opened.views.next([holding]);
      expect(resumed.position(holding)).toBe(3n);
      expect(await resumed.writer(holding, '2026-01-01').list(holdings, {})).toHaveLength(1);
      await opened.views.abandon([holding]);
      await expect(resumed.commit(4n)).rejects.toThrow(ViewsChanged);
      expect((await opened.views.next([holding])).position(holding)).toBe(0n);
      expect(await opened.views.reader.list(holdings, {})).toEqual([]);
    });
  });
}
