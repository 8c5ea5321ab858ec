import { describe, expect, it } from '@jest/globals';
import { unknownOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import type { Card } from '#projections/history/card';
import { evolveCard } from '#projections/history/card';
import { cardOf, history } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import { projections } from '#projections/projections';
import { ledgerOf } from '#test/support/recorded';
import { dawn, dawnStory, newSun, weighing } from '#test/support/stone-story';

describe('history', () => {
  it('of a polished stone starts at the mine and leaves out what its rough did afterwards', async () => {
    const views = await replay([history], dawnStory().events, '2026-01-01');
    const steps = await historyOf(views, newSun);
    expect(steps.map(({ subject, line }) => `${subject}: ${line}`)).toEqual([
      `${dawn}: alrosa recovered honey-golden rough of over 200.00 ct at ru-ebelyakh`,
      `${dawn}: named Dawn`,
      `${dawn}: named Рассвёт`,
      `${dawn}: alrosa released it to cutters for cutting`,
      `${dawn}: cutters accepted it from alrosa in RU`,
      `${dawn}: cutters began manufacturing under order ORDER 7-1 with 15 craftsmen in RU`,
      `${dawn}: cutters made a polished stone of over 100.00 ct called New Sun in RU`,
      `${newSun}: polished stone of over 100.00 ct called New Sun came out of ${dawn}`,
      `${newSun}: offered for sale by auction as lot A-25/1`,
      `${newSun}: title moved from alrosa to buyer by sale for USD 123.45`,
    ]);
  });

  it('tells what each step changed and which steps are not public knowledge', async () => {
    const views = await replay([history], dawnStory().events, '2026-01-01');
    const steps = await historyOf(views, newSun);
    expect(steps[4]?.changes).toEqual([{ field: 'custodian', from: 'alrosa', to: 'cutters' }]);
    expect(steps[9]?.changes).toEqual([{ field: 'owner', from: 'alrosa', to: 'buyer' }]);
    expect(steps.map(({ illustrative }) => illustrative)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('keeps a stone at a glance', async () => {
    const views = await replay(projections, dawnStory().events, '2026-01-01');
    expect(await cardOf(views, newSun)).toMatchObject({
      form: 'polished',
      mct: 100_000,
      qualifier: 'gt',
      owner: 'buyer',
      custodian: 'cutters',
      mine: 'ru-ebelyakh',
      names: ['New Sun'],
      consumed: 0,
    });
    expect(await cardOf(views, dawn)).toMatchObject({
      consumed: 1,
      order_no: null,
      names: ['Dawn', 'Рассвёт'],
    });
  });

  it('keeps how far the scale errs that goods were weighed on, also when more goods come in', () => {
    const { events, record } = ledgerOf();
    const lot = (mct: number, tolMct?: number) => ({
      weight: { ...weighing(mct), ...(tolMct !== undefined && { tolMct }) },
    });
    const opened = { form: 'rough', origin: unknownOrigin, basis: 'bought' } as const;
    record('parcel-p', {
      type: 'ParcelHistoryOpened',
      data: { ...opened, content: lot(9_000, 2) },
    });
    const told = () => events.reduce<Card | undefined>(evolveCard, undefined);
    expect(told()).toMatchObject({ mct: 9_000, tol_mct: 2 });
    const from = { stream: 'parcel-q', revision: 3, id: 'x' };
    const more = {
      from,
      content: lot(1_000),
      origin: unknownOrigin,
      owner: null,
      custodian: 'kgk',
    };
    record('parcel-p', { type: 'MixReceived', data: more } as never);
    expect(told()).toMatchObject({ mct: 10_000, tol_mct: 7 });
  });
});
