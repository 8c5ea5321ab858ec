import { beforeAll, describe, expect, it } from '@jest/globals';
import { stories } from '#apps/cli/demo/stories';
import { identify } from '#apps/cli/identify';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { projections } from '#projections/projections';
import { recordedStories, toldOn } from '#test/support/demo-ledger';

let views: ViewReader;

beforeAll(async () => {
  views = await replay(projections, await recordedStories(stories), toldOn);
});

describe('an identifier means', () => {
  it.each([
    ['dawn', 'stone-dawn'],
    ['dawn.1', 'stone-dawn.1'],
    ['new-sun', 'stone-dawn.1'],
    ['НОВОЕ солнце', 'stone-dawn.1'],
    ['firebird', 'stone-stravinsky.1'],
    ['illustrative-firebird', 'stone-stravinsky'],
    ['nijin', 'stone-rose-rough'],
  ])('%s, the one stone %s', async (text, subject) => {
    expect(await identify(views, text)).toBe(subject);
  });

  it('nothing when it is a party’s, or nobody’s', async () => {
    for (const text of ['graff', 'Cullinan', ' ', '']) {
      await expect(identify(views, text)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('no one stone when several bear it: they are listed', async () => {
    const said = { code: 'ambiguous', message: expect.stringContaining('ebelyakh-236') as unknown };
    await expect(identify(views, 'ebelyakh')).rejects.toMatchObject(said);
    const press = 'lenta.ru/news/2019/02/13/rozovo_bogato';
    await expect(identify(views, press)).rejects.toMatchObject({ code: 'ambiguous' });
  });
});
