import { recovery } from '#apps/cli/demo/cutting-story';
import { notableStone, sourcesOf } from '#apps/cli/demo/notable-stones';
import { handOver, inYear } from '#apps/cli/demo/story';
import type { Step, Story } from '#apps/cli/demo/story';

/** Only the rough is public; nothing after it is made up. */
function stillRough(id: string, title: string, after: readonly Step[] = []): Story {
  const facts = notableStone(id);
  return {
    notable: id,
    title,
    hero: id,
    stones: [id],
    steps: [...recovery({ facts, rough: id, producer: 'almazy-anabara' }), ...after],
  };
}

/** Sent to ALROSA's sales organisation in Moscow to be valued; whether it was cut is not public. */
const toValuation = handOver('ebelyakh-236', 'alrosa', 'vault', {
  by: 'almazy-anabara',
  at: inYear('2020'),
  place: { country: 'RU', unlocode: 'RUMOW', text: 'United Selling Organization, Moscow' },
  documents: sourcesOf(notableStone('ebelyakh-236')),
});

export const roughStories: readonly Story[] = [
  stillRough('ebelyakh-236', 'Ebelyakh 236 ct', toValuation),
  stillRough('ebelyakh-390', 'Ebelyakh 390.7 ct'),
  stillRough('ebelyakh-262', 'Ebelyakh 262.5 ct'),
];
