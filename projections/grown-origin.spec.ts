import { expect, it } from '@jest/globals';
import { originTold } from '#libs/documents/goods-file';
import { replay } from '#libs/views/replay';
import { dossierOf } from '#projections/dossier';
import { projections } from '#projections/projections';
import { actingLedger } from '#test/support/acting';
import { mct } from '#test/support/given';

it('what a laboratory grew is shown as mined nowhere, and what it was found in as before', async () => {
  const { act, events } = await actingLedger({ kgk: ['IN', 'dealer'], gia: ['US', 'laboratory'] });
  const countries = [{ country: 'BW', minPpm: 1_000_000, maxPpm: 1_000_000 }];
  const origin = { countries, mineIds: ['bw-jwaneng'], chainOfCustody: 'segregated' };
  const content = { weight: mct(5_000), pieces: 200 };
  const opened = { form: 'polished', origin, owner: 'kgk', basis: 'bought', content };
  await act('parcel-lot', 'kgk', { type: 'OpenParcelHistory', ...opened });
  const part = { content: { weight: mct(100), pieces: 4 } };
  const found = { type: 'TakeOutLaboratoryGrown', instrument: 'spectrometer', ...part };
  await act('parcel-lot', 'kgk', found);
  const views = await replay(projections, await events(), '2025-12-31');
  const [lot, grown] = [
    await dossierOf(views, 'parcel-lot'),
    await dossierOf(views, 'parcel-lot.1'),
  ];
  expect(lot?.origin).toMatchObject({ mined: true, origin: { countries } });
  expect(grown?.origin).toMatchObject({ mined: false, origin: { countries: [], mineIds: [] } });
  expect(grown && originTold(grown)).toBe('laboratory-grown, mined nowhere');
});
