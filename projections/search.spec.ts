import { describe, expect, it } from '@jest/globals';
import { partyStream } from '#events/streams';
import { replay } from '#libs/views/replay';
import { compared, find, search } from '#projections/search';
import { dawn, dawnStory, newSun } from '#test/support/stone-story';

async function views() {
  const { events, record } = dawnStory();
  record(partyStream('alrosa'), {
    type: 'PartyRegistered',
    data: {
      name: 'ALROSA',
      country: 'RU',
      roles: ['producer'],
      aliases: ['АЛРОСА', 'Alrosa (ПАО)'],
    },
  });
  record(newSun, {
    type: 'GradingReportIssued',
    data: {
      laboratory: 'gia',
      reportNo: '2141-438-171',
      weight: { mct: 100_000, qualifier: 'gt', basis: 'reported' },
    },
  });
  record(newSun, {
    type: 'LaserInscriptionApplied',
    data: { text: 'GIA 2141438171', location: 'girdle' },
  });
  return replay([search], events, '2026-01-01');
}

describe('search', () => {
  it('finds a stone by every identifier it ever bore', async () => {
    const reader = await views();
    for (const [text, subject, kind] of [
      ['dawn', dawn, 'id'],
      ['рассвет', dawn, 'name'],
      ['РАССВЁТ', dawn, 'name'],
      ['new sun', newSun, 'name'],
      ['ＮＥＷ－ＳＵＮ', newSun, 'name'],
      ['order 7', dawn, 'order'],
      ['a-25/1', newSun, 'lot'],
      ['inv9', newSun, 'invoice'],
      ['2141 438 171', newSun, 'report'],
      ['gia2141438171', newSun, 'inscription'],
      ['алроса', partyStream('alrosa'), 'name'],
    ]) {
      expect(await find(reader, text ?? '')).toContainEqual(
        expect.objectContaining({ subject, kind }),
      );
    }
  });

  it('puts whole identifiers before those that only begin so', async () => {
    const hits = await find(await views(), 'dawn');
    expect(hits.map(({ exact }) => exact)).toEqual([true, true, false]);
  });

  it('finds nothing for nothing, and takes signs of patterns as what they are', async () => {
    const reader = await views();
    for (const text of ['', ' - ', '%', '_%', '\u0000', '\uD800', "' or 1=1 --"]) {
      expect(await find(reader, text)).toEqual([]);
    }
  });

  it('compares folded text', () => {
    expect(compared('  New‑Sun\u200B ')).toBe('newsun');
    expect(compared('Straße')).toBe(compared('STRASSE'));
  });
});
