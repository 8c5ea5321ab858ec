import { backToOwner, cutting, intoManufacture, recovery } from '#apps/cli/demo/cutting-story';
import type { Telling } from '#apps/cli/demo/cutting-story';
import { announcement, notableStone, sourcesOf } from '#apps/cli/demo/notable-stones';
import { handOver, illustrative, inMonth, inYear } from '#apps/cli/demo/story';
import type { Story } from '#apps/cli/demo/story';
import { partId } from '#events/streams';

const facts = notableStone('firebird');
if (!facts.sale) throw new RangeError('firebird lacks its sale');

const telling: Telling = {
  facts,
  rough: 'stravinsky',
  producer: 'almazy-anabara',
  cutter: 'alrosa-diamonds',
  started: {
    at: inYear('2019'),
    because: 'cutter, place, order and date not public; between 2017 and 2019',
  },
  finished: { at: inYear('2019'), because: 'place and date not public; between 2017 and 2019' },
};
const polished = partId(telling.rough, 1);
const sold = { by: 'alrosa', at: inMonth(facts.sale.announced.at) };

/** Ebelyakh rough of 34.17 ct, cut to 20.69 ct, bought by Graff. */
export const firebird: Story = {
  notable: facts.id,
  title: 'Firebird',
  hero: polished,
  stones: [telling.rough, polished],
  steps: [
    ...recovery(telling),
    ...intoManufacture(telling),
    ...cutting(telling),
    ...backToOwner(telling),
    {
      ...sold,
      category: 'stone',
      id: polished,
      documents: [announcement(facts.sale.buyer, facts.sale.announced), ...sourcesOf(facts)],
      command: { type: 'TransferTitle', to: 'graff', basis: 'sale' },
    },
    ...handOver(polished, 'graff', 'sale', {
      ...sold,
      documents: [illustrative('how the stone was handed over is not public')],
    }),
  ],
};
