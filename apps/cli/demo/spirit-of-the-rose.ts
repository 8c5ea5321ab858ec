import { backToOwner, cutting, intoManufacture, recovery } from '#apps/cli/demo/cutting-story';
import type { Telling } from '#apps/cli/demo/cutting-story';
import { notableStone } from '#apps/cli/demo/notable-stones';
import { inYear } from '#apps/cli/demo/story';
import type { Story } from '#apps/cli/demo/story';
import { partId } from '#events/streams';

const telling: Telling = {
  facts: notableStone('spirit-of-the-rose'),
  rough: 'rose-rough',
  producer: 'almazy-anabara',
  cutter: 'alrosa-diamonds',
  started: {
    at: inYear('2018'),
    because: 'cutter, place, order and date not public; cut for a year, shown in 2019',
  },
  finished: { at: inYear('2019'), because: 'place and date not public; shown by ALROSA in 2019' },
};
const polished = partId(telling.rough, 1);

/** Ebelyakh rough of 27.85 ct, cut for a year to 14.83 ct; its further way is not told. */
export const spiritOfTheRose: Story = {
  notable: telling.facts.id,
  title: 'The Spirit of the Rose',
  hero: polished,
  stones: [telling.rough, polished],
  steps: [
    ...recovery(telling),
    ...intoManufacture(telling),
    ...cutting(telling),
    ...backToOwner(telling),
  ],
};
