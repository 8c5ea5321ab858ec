import type { DocumentRef } from '#events/event';
import type { PartyRole } from '#events/values';
import { illustrative, inYear } from '#apps/cli/demo/story';
import type { Step } from '#apps/cli/demo/story';

type Party = Readonly<{
  id: string;
  name: string;
  country: string;
  roles: readonly PartyRole[];
  aliases?: readonly string[];
  documents: readonly DocumentRef[];
}>;

export const operator = 'demo-operator';

/** The day this ledger began to know the parties; not when they were founded. */
const known = inYear('2016');

const parties: readonly Party[] = [
  {
    id: operator,
    name: 'Operator of this demonstration ledger',
    country: 'CH',
    roles: ['operator'],
    documents: [illustrative('runs this demonstration, not a real company')],
  },
  {
    id: 'almazy-anabara',
    name: 'Almazy Anabara',
    country: 'RU',
    roles: ['producer'],
    aliases: ['Алмазы Анабара'],
    documents: [{ type: 'press', number: 'rough-polished.com/en/news/118226.html' }],
  },
  {
    id: 'alrosa',
    name: 'ALROSA',
    country: 'RU',
    roles: ['producer', 'dealer'],
    aliases: ['АЛРОСА', 'United Selling Organization'],
    documents: [{ type: 'press', number: 'rough-polished.com/en/news/118226.html' }],
  },
  {
    id: 'alrosa-diamonds',
    name: 'Diamonds ALROSA',
    country: 'RU',
    roles: ['cutter'],
    aliases: ['Бриллианты АЛРОСА'],
    documents: [{ type: 'press', number: 'lenta.ru/news/2019/02/13/rozovo_bogato' }],
  },
  {
    id: 'graff',
    name: 'Graff Diamonds',
    country: 'GB',
    roles: ['dealer', 'jeweller'],
    documents: [{ type: 'press', number: 'covaipost.com graff-buys-20-7ct-firebird' }],
  },
  {
    id: 'illustrative-buyer',
    name: 'A buyer (illustrative)',
    country: 'AE',
    roles: ['dealer'],
    documents: [illustrative('no sale of New Sun is public; this buyer does not exist')],
  },
];

/** What each party may do, as its credential would say. */
export function rolesOf(party: string): readonly PartyRole[] {
  return parties.find(({ id }) => id === party)?.roles ?? [];
}

/** The operator registers itself, then everyone else. */
export const registrations: readonly Step[] = parties.map(({ id, documents, ...facts }) => ({
  category: 'party',
  id,
  by: operator,
  at: known,
  documents,
  command: { type: 'RegisterParty', ...facts },
}));
