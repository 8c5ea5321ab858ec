import { expect, it } from '@jest/globals';
import { actingLedger } from '#test/support/acting';

it('refuses a report whose number no stream can be named after', async () => {
  const world = await actingLedger({ gia: ['US', 'laboratory'], kgk: ['IN', 'dealer'] });
  const weight = { mct: 1010, qualifier: 'eq', basis: 'weighed' };
  const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
  const opened = { type: 'OpenHistory', form: 'polished', weight, origin, basis: 'bought' };
  await world.act('stone-gem', 'gia', opened);
  const report = { type: 'IssueReport', weight };
  const refused = await world.refusal('stone-gem', 'gia', { ...report, reportNo: '-1' });
  expect(refused).toBe('bad-report-number');
  expect(await world.refusal('stone-gem', 'gia', { ...report, reportNo: '1' })).toBeUndefined();
});
