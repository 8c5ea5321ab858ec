import { expect, it } from '@jest/globals';
import { partyStream } from '#events/streams';
import { replay } from '#libs/views/replay';
import { find, search } from '#projections/search';
import { findThen } from '#projections/search-then';
import { ledgerOf } from '#test/support/recorded';

async function housesCalled(name: string, count: number) {
  const { events, record } = ledgerOf();
  for (let n = 0; n < count; n += 1) {
    const data = { name: `${name} ${n}`, country: 'BE', roles: ['dealer' as const] };
    record(partyStream(`p${n}`), { type: 'PartyRegistered', data });
  }
  return replay([search], events, '2026-01-01');
}

it('looks into what begins alike one by one, and refuses to look into too much of it', async () => {
  const views = await housesCalled('House', 499);
  const hits = await findThen(views, () => Promise.resolve(views), 'house', 1000);
  expect(hits).toEqual(await find(views, 'house', 1000));
  const more = await housesCalled('House', 500);
  await expect(findThen(more, () => Promise.resolve(more), 'house', 10)).rejects.toMatchObject({
    code: 'too-many-candidates',
    details: { field: 'q' },
  });
});
