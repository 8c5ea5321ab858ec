import { beforeAll, describe, expect, it } from '@jest/globals';
import { stories } from '#apps/cli/demo/stories';
import { identify } from '#apps/cli/identify';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { projections } from '#projections/projections';
import { recordedStories, toldOn } from '#test/support/demo-ledger';
import { ledgerOf } from '#test/support/recorded';

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

  it('a party when its stream is named', async () => {
    expect(await identify(views, 'party-graff')).toBe('party-graff');
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

describe('a number on several papers', () => {
  const { events, record } = ledgerOf();
  const named = { laboratory: 'gia', reportNo: '2141438171' };
  const weight = { mct: 1_000, qualifier: 'eq', basis: 'reported' } as const;

  beforeAll(async () => {
    record('certificate-bw0012345', {
      type: 'CertificateForgerySuspected',
      data: { number: 'BW0012345', check: 'other', finding: 'x', shipment: null },
    });
    record('shipment-box', {
      type: 'CertificateAttached',
      data: { number: 'BW0012345', reliedOn: [] },
    });
    record('stone-gem', { type: 'GradingReportIssued', data: { ...named, weight } });
    record('report-gia.2141438171', {
      type: 'ReportOpened',
      data: { ...named, stone: 'gem', weight, cause: 'x' },
    });
    views = await replay(projections, events, toldOn);
  });

  it('means the Kimberley certificate that bears it as its own', async () => {
    expect(await identify(views, 'BW0012345')).toBe('certificate-bw0012345');
  });

  it('means a report by its id, and none of both by the number alone', async () => {
    expect(await identify(views, 'gia.2141438171')).toBe('report-gia.2141438171');
    await expect(identify(views, '2141438171')).rejects.toMatchObject({ code: 'ambiguous' });
  });
});
