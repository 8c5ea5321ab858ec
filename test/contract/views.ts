import { describe, expect, it } from '@jest/globals';
import { ViewsNotReady } from '#libs/views/errors';
import {
  far,
  holding,
  holdings,
  lines,
  openedTwice,
  row,
  seen,
  words,
} from '#test/contract/views-fixture';
import type { Holding, Line, NewPlace } from '#test/contract/views-fixture';

/** What every engine of views does. */
export function viewsContract(name: string, newPlace: NewPlace): void {
  describe(`views in ${name}`, () => {
    const opened = openedTwice(newPlace);

    it('say so when a projection was never built', async () => {
      await expect(async () => opened.views.reader.get(holdings, row('a', 1))).rejects.toThrow(
        ViewsNotReady,
      );
      await expect(opened.views.live([holding])).rejects.toThrow(ViewsNotReady);
      expect(await opened.views.positions()).toEqual(new Map());
    });

    it('give rows back as they were put, whole 64-bit positions and papers included', async () => {
      const set = await opened.live();
      const put = row('dawn', 1, {
        mct: 200_000,
        position: far,
        papers: ['KP-1', 'ё'],
        until: far,
      });
      set.writer(holding, '2026-01-01').put(holdings, put);
      set.writer(holding, '2026-01-01').put(holdings, row('dawn', 2));
      await set.commit(far);
      expect(await opened.views.reader.get(holdings, { subject: 'dawn', seq: 1 })).toEqual(put);
      expect(await opened.views.reader.get(holdings, { subject: 'dawn', seq: 2 })).toEqual(
        row('dawn', 2),
      );
      expect(await opened.views.reader.get(holdings, { subject: 'dawn', seq: 3 })).toBeUndefined();
      expect(await opened.views.positions()).toEqual(
        new Map([
          ['holding', far],
          ['words', far],
        ]),
      );
    });

    it('show a batch to its own projection before the commit and to nobody else', async () => {
      const set = await opened.live();
      const writer = set.writer(holding, '2026-01-01');
      writer.put(holdings, row('a', 1));
      await set.commit(1n);
      writer.put(holdings, row('a', 2));
      writer.put(holdings, row('a', 1, { holder: 'uso' }));
      writer.put(holdings, row('b', 1));
      const own = await writer.list(holdings, { subject: 'a' });
      expect(own.map(({ seq, holder }) => [seq, holder])).toEqual([
        [1, 'uso'],
        [2, 'alrosa'],
      ]);
      expect(await writer.get(holdings, { subject: 'a', seq: 2 })).toEqual(row('a', 2));
      expect(await opened.views.reader.list(holdings, {})).toEqual([row('a', 1)]);
      writer.delete(holdings, { subject: 'a', seq: 1 });
      expect(await writer.get(holdings, { subject: 'a', seq: 1 })).toBeUndefined();
      expect((await writer.list(holdings, {}, { limit: 1 }))[0]).toEqual(row('a', 2));
      await set.commit(2n);
      expect(await opened.views.reader.list(holdings, {})).toEqual([row('a', 2), row('b', 1)]);
    });

    it('show rows that are only appended as they were put, before the commit and after it', async () => {
      const set = await opened.live();
      const writer = set.writer(words, '2026-01-01');
      const rest = { text: 'a "line"\0\x01\n', notes: ['ё', { n: 1 }], until: far, words: 2 };
      const first: Line = { position: far, subject: 'a', ...rest };
      const second: Line = { ...first, position: far + 1n, until: null };
      for (const line of [first, second]) writer.put(lines, line);
      expect(await writer.get(lines, { position: far })).toEqual(first);
      expect(await writer.list(lines, { subject: 'a' })).toEqual([first, second]);
      await set.commit(1n);
      expect(await opened.views.reader.list(lines, { subject: 'a' })).toEqual([first, second]);
      expect(await writer.get(lines, { position: far + 1n })).toEqual(second);
      writer.put(lines, { ...first, words: 3 });
      for (const line of await writer.list(lines, { subject: 'a' })) writer.delete(lines, line);
      writer.put(lines, { ...second, words: 4 });
      await set.commit(2n);
      expect(await opened.views.reader.list(lines, {})).toEqual([{ ...second, words: 4 }]);
    });

    it('find rows by value, by prefix and up to a bound, in order and cut at a limit', async () => {
      const set = await opened.live();
      const writer = set.writer(holding, '2026-01-01');
      writer.put(holdings, row('a', 1, { mct: 5 }));
      writer.put(holdings, row('a', 2));
      writer.put(holdings, row('ab', 1, { mct: 7, holder: 'uso' }));
      writer.put(holdings, row('b%_', 1, { mct: 9 }));
      await set.commit(1n);
      const { reader } = opened.views;
      const subjects = async (...asked: Parameters<typeof reader.list<Holding>>) =>
        (await reader.list(...asked)).map(({ subject, seq }) => `${subject}/${seq}`);
      expect(await subjects(holdings, { holder: 'uso' })).toEqual(['ab/1']);
      expect(await subjects(holdings, { mct: null })).toEqual(['a/2']);
      expect(
        await subjects(holdings, {}, { startsWith: { column: 'subject', text: 'a' } }),
      ).toEqual(['a/1', 'a/2', 'ab/1']);
      expect(
        await subjects(holdings, {}, { startsWith: { column: 'subject', text: 'b%' } }),
      ).toEqual(['b%_/1']);
      expect(
        await subjects(holdings, {}, { startsWith: { column: 'subject', text: '%' } }),
      ).toEqual([]);
      expect(await subjects(holdings, {}, { atMost: { column: 'mct', value: 7 } })).toEqual([
        'a/1',
        'ab/1',
      ]);
      expect(await subjects(holdings, {}, { below: { column: 'mct', value: 7 } })).toEqual(['a/1']);
      const upTo = { column: 'subject', value: 'b' } as const;
      expect(await subjects(holdings, {}, { below: upTo, descending: true })).toEqual([
        'ab/1',
        'a/2',
        'a/1',
      ]);
      expect(await subjects(holdings, {}, { descending: true, limit: 2 })).toEqual([
        'b%_/1',
        'ab/1',
      ]);
    });

    it('refuse to look through all rows for a column that is in no key and no index', async () => {
      const set = await opened.live();
      const papers = { papers: null } as const;
      await expect(opened.views.reader.list(holdings, papers)).rejects.toThrow(
        'in no key and no index',
      );
      const writer = set.writer(holding, '2026-01-01');
      await expect(writer.list(holdings, papers)).rejects.toThrow('in no key and no index');
    });

    it('order text by code point, past the first plane too', async () => {
      const set = await opened.live();
      for (const word of ['\u{1F48E}', '\uFF21', 'z', 'Я', 'zz', '']) {
        set.writer(words, '2026-01-01').put(seen, { word });
      }
      await set.commit(1n);
      const found = await opened.views.reader.list(seen, {});
      expect(found.map(({ word }) => word)).toEqual(['', 'z', 'zz', 'Я', '\uFF21', '\u{1F48E}']);
    });

    it('write many rows in one commit and each key once', async () => {
      const set = await opened.live();
      for (let n = 0; n < 1234; n++) {
        set.writer(words, '2026-01-01').put(seen, { word: `w${n % 617}` });
        set.writer(holding, '2026-01-01').put(holdings, row(`s${n % 617}`, 1, { mct: n }));
      }
      await set.commit(7n);
      expect(await opened.views.reader.list(seen, {})).toHaveLength(617);
      const all = await opened.views.reader.list(
        holdings,
        {},
        { orderBy: ['position', 'subject'] },
      );
      expect(all).toHaveLength(617);
      expect((await opened.views.reader.get(holdings, { subject: 's3', seq: 1 }))?.mct).toBe(620);
    });

    it('find and change rows again that were written too long ago to be in memory', async () => {
      const set = await opened.live();
      const writer = set.writer(holding, '2026-01-01');
      const many = 20_000;
      for (let n = 0; n < many; n++) writer.put(holdings, row(`s${n}`, 1, { mct: n }));
      await set.commit(1n);
      for (let n = 0; n < many; n += 999) {
        const found = await writer.get(holdings, { subject: `s${n}`, seq: 1 });
        expect(found?.mct).toBe(n);
        if (found) writer.put(holdings, { ...found, holder: 'uso' });
      }
      await set.commit(2n);
      expect(await writer.get(holdings, { subject: 's999', seq: 2 })).toBeUndefined();
      expect(await opened.views.reader.list(holdings, { holder: 'uso' })).toHaveLength(21);
    });

    it('refuse a projection the tables of another', async () => {
      const set = await opened.live();
      const writer = set.writer(words, '2026-01-01');
      expect(() => writer.put(holdings, row('a', 1))).toThrow('not a table of words');
      expect(() => writer.get(holdings, { subject: 'a', seq: 1 })).toThrow('not a table of words');
    });

    it('keep any text apart from any other and in order, control characters too', async () => {
      const set = await opened.live();
      const texts = [
        '',
        '\0',
        '\0\0',
        '\0\x01',
        '\x01',
        '\x01\0',
        '\x01\x01',
        '\x01\x02',
        '\x02',
        'a',
      ];
      for (const word of texts.toReversed()) {
        set.writer(words, '2026-01-01').put(seen, { word });
        set.writer(holding, '2026-01-01').put(holdings, row(`s${word}`, 1, { papers: [word] }));
      }
      await set.commit(1n);
      const found = await opened.views.reader.list(seen, {});
      expect(found.map(({ word }) => word)).toEqual(texts);
      const starting = { startsWith: { column: 'word', text: '\0' } } as const;
      expect(await opened.views.reader.list(seen, {}, starting)).toHaveLength(3);
      for (const word of texts) {
        expect(await opened.views.reader.get(seen, { word })).toEqual({ word });
        const held = await opened.views.reader.get(holdings, { subject: `s${word}`, seq: 1 });
        expect(held?.papers).toEqual([word]);
      }
      set.writer(words, '2026-01-01').delete(seen, { word: '\0\x01' });
      await set.commit(2n);
      expect(await opened.views.reader.list(seen, {})).toHaveLength(texts.length - 1);
    });
  });
}
