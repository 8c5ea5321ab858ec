import { backToOwner, cutting, intoManufacture, recovery } from '#apps/cli/demo/cutting-story';
import type { Telling } from '#apps/cli/demo/cutting-story';
import { notableStone } from '#apps/cli/demo/notable-stones';
import { handOver, illustrative, inYear } from '#apps/cli/demo/story';
import type { Step, Story } from '#apps/cli/demo/story';
import { partId } from '#events/streams';

const telling: Telling = {
  facts: notableStone('new-sun'),
  rough: 'dawn',
  producer: 'almazy-anabara',
  cutter: 'alrosa-diamonds',
  recovered: {
    at: inYear('2023'),
    because: 'date not public; not after 2023, as cutting took over two years to April 2025',
  },
  started: {
    at: inYear('2023'),
    because: 'date and order not public; not after 2023, as cutting took over two years',
  },
};
const polished = partId(telling.rough, 1);
const buyer = 'illustrative-buyer';

const circumstances = {
  by: 'alrosa',
  at: inYear('2025'),
  place: { country: 'RU', unlocode: 'RUVVO', text: 'Eurasian Diamond Centre, Vladivostok' },
  documents: [illustrative('no sale of New Sun is public; made up to show how title moves')],
} as const;

const sale: readonly Step[] = [
  {
    ...circumstances,
    category: 'stone',
    id: polished,
    command: { type: 'OfferForSale', channel: 'auction' },
  },
  { ...circumstances, category: 'stone', id: polished, command: { type: 'AwardLot', buyer } },
  {
    ...circumstances,
    category: 'stone',
    id: polished,
    command: { type: 'TransferTitle', to: buyer, basis: 'sale' },
  },
  ...handOver(polished, buyer, 'sale', circumstances),
];

/** Ebelyakh rough, over two years' cutting by 15 craftsmen, polished; the sale is made up. */
export const newSun: Story = {
  notable: telling.facts.id,
  title: 'New Sun',
  hero: polished,
  stones: [telling.rough, polished],
  steps: [
    ...recovery(telling),
    ...intoManufacture(telling),
    ...cutting(telling),
    ...backToOwner(telling),
    ...sale,
  ],
};
