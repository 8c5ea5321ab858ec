import { backToOwner, cutting, intoManufacture, recovery } from '#apps/cli/demo/cutting-story';
import type { Telling } from '#apps/cli/demo/cutting-story';
import { notableStone, sourcesOf } from '#apps/cli/demo/notable-stones';
import { inMonth, inYear } from '#apps/cli/demo/story';
import type { Story } from '#apps/cli/demo/story';
import { partId } from '#events/streams';

const telling: Telling = {
  facts: notableStone('the-spectacle'),
  rough: 'sergei-diaghilev',
  producer: 'alrosa',
  cutter: 'alrosa',
  started: {
    at: inYear('2019'),
    because: 'order not public; year computed: 20 months before the announcement',
  },
};
const polished = partId(telling.rough, 1);

/** Zarnitsa rough recovered on a known day, twenty months' cutting, offered at auction. */
export const theSpectacle: Story = {
  notable: telling.facts.id,
  title: 'The Spectacle',
  hero: polished,
  stones: [telling.rough, polished],
  steps: [
    ...recovery(telling),
    ...intoManufacture(telling),
    ...cutting(telling),
    ...backToOwner(telling),
    {
      category: 'stone',
      id: polished,
      by: 'alrosa',
      at: inMonth(telling.facts.polished[0]?.announced?.at ?? ''),
      documents: [{ type: 'announcement', issuer: 'Christie’s' }, ...sourcesOf(telling.facts)],
      command: { type: 'OfferForSale', channel: 'auction' },
    },
  ],
};
