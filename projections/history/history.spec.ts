import { describe, expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import { cardOf, history, historyOf } from '#projections/history/history';
import { projections } from '#projections/projections';
import { dawn, dawnStory, newSun } from '#test/support/stone-story';

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
});
