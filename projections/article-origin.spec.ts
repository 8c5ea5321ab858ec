import { expect, it } from '@jest/globals';
import { mineOrigin, unknownOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { itemOf, jewellery } from '#projections/jewellery';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const ring = 'jewellery-ring';
const item = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 } as const;
const motswana = mineOrigin('BW', 'bw-jwaneng', 'segregated');
const claim = { origin: motswana, purpose: 'retail' } as const;
const set = (stone: string) => ({
  type: 'StoneTakenIn' as const,
  data: {
    stone,
    weight: weighing(1_010),
    origin: mineOrigin('CA', 'ca-diavik', 'segregated'),
    cause: `set ${stone}`,
  },
});
const letGo = (stone: string) => ({
  type: 'StoneLetGo' as const,
  data: { stone, custodian: 'graff', owner: 'graff' },
});

function made() {
  const story = ledgerOf();
  story.record(ring, { type: 'JewelleryItemMade', data: item });
  return story;
}

async function minedIn({ events }: ReturnType<typeof made>) {
  const found = await sanctionsOf(await replay([sanctions], events, '2026-01-01'), ring);
  return found?.facts.minedIn;
}

it('is claimed for an article besides what its stones are known to be, whatever is set later', async () => {
  const story = made();
  story.record(ring, set('one'));
  story.record(ring, { type: 'OriginDeclared', data: claim });
  expect(await minedIn(story)).toEqual(['BW', 'CA']);
  story.record(ring, set('two'));
  story.record(ring, letGo('one'));
  expect(await minedIn(story)).toEqual(['BW', 'CA']);
});

it('stays open where no stone is recorded: a claim rules nothing out', async () => {
  const story = made();
  story.record(ring, { type: 'OriginDeclared', data: claim });
  expect(await minedIn(story)).toEqual(['BW', 'ZZ']);
});

it('keeps what an upheld contest of the article says, whatever is set later', async () => {
  const story = made();
  story.record(ring, set('one'));
  const data = { contestNo: 'C-1', outcome: 'upheld', ground: 'x', origin: unknownOrigin } as const;
  story.record(ring, { type: 'OriginContestResolved', data });
  story.record(ring, set('two'));
  expect(await minedIn(story)).toEqual(['CA', 'ZZ']);
});

it('is shown with who claimed it', async () => {
  const story = made();
  story.record(ring, { type: 'OriginDeclared', data: claim }, { by: 'graff' });
  const row = await itemOf(await replay([jewellery], story.events, '2026-01-01'), 'ring');
  expect(row?.claims).toMatchObject([{ by: 'graff', purpose: 'retail', origin: motswana }]);
});
