import type { Place } from '#events/event';
import type { PartyRole } from '#events/values';
import { type Mine, countryOf, mines } from '#apps/cli/generate/mine';
import * as town from '#apps/cli/generate/places';
import type { Random } from '#apps/cli/generate/random';

/** An invented party; `place` is where it works. */
export type Party = Readonly<{
  id: string;
  name: string;
  country: string;
  role: PartyRole;
  place: Place;
}>;

/** Everybody who takes part, by what they do. */
export type Cast = Readonly<{
  operator: Party;
  producerOf: (mine: Mine) => Party;
  all: readonly Party[];
  dealer: (random: Random) => Party;
  cutter: (random: Random, mineCountry: string) => Party;
  laboratory: (random: Random, cutter: Party) => Party;
  jeweller: (random: Random) => Party;
  /** Kimberley, assay and police authority of a country in one. */
  authority: (country: string) => Party;
  bank: Party;
}>;

type Seats = readonly Readonly<{ place: Place; parties: number }>[];

const dealers: Seats = [
  { place: town.antwerp, parties: 6 },
  { place: town.dubai, parties: 5 },
  { place: town.mumbai, parties: 5 },
  { place: town.ramatGan, parties: 3 },
  { place: town.hongKong, parties: 2 },
  { place: town.johannesburg, parties: 1 },
  { place: town.vladivostok, parties: 1 },
];

const cutters: Seats = [
  { place: town.surat, parties: 14 },
  { place: town.mumbai, parties: 4 },
  { place: town.antwerp, parties: 2 },
  { place: town.ramatGan, parties: 1 },
  { place: town.bangkok, parties: 1 },
  { place: town.yerevan, parties: 1 },
];

/** Cutters beside the mines, taken more often for what is mined there. */
const homeCutters: Seats = [
  { place: town.smolensk, parties: 2 },
  { place: town.yakutsk, parties: 1 },
  { place: town.gaborone, parties: 2 },
  { place: town.windhoek, parties: 1 },
  { place: town.johannesburg, parties: 1 },
];

const laboratories: Seats = [
  { place: town.antwerp, parties: 1 },
  { place: town.mumbai, parties: 1 },
  { place: town.surat, parties: 1 },
  { place: town.carlsbad, parties: 1 },
  { place: town.dubai, parties: 1 },
  { place: town.moscow, parties: 1 },
];

const jewellers: Seats = [
  { place: town.newYork, parties: 4 },
  { place: town.shanghai, parties: 3 },
  { place: town.hongKong, parties: 2 },
  { place: town.mumbai, parties: 2 },
  { place: town.tokyo, parties: 1 },
  { place: town.london, parties: 1 },
  { place: town.geneva, parties: 1 },
  { place: town.singapore, parties: 1 },
  { place: town.moscow, parties: 1 },
  { place: town.minsk, parties: 1 },
];

/** The parties of one generated ledger; `tag` keeps their ids apart from all others'. */
export function castOf(tag: string): Cast {
  const operator = partyOf(tag, 'operator', 1, town.antwerp);
  const producers = new Map(mines.map((mine) => [mine.id, producer(tag, mine)]));
  const trade = seat(tag, 'dealer', dealers);
  const far = seat(tag, 'cutter', cutters);
  const near = seat(tag, 'cutter', homeCutters);
  const labs = seat(tag, 'laboratory', laboratories);
  const shops = seat(tag, 'jeweller', jewellers);
  const traders = [...producers.values(), ...trade, ...far, ...near, ...labs, ...shops];
  const authorities = new Map(
    traders.map(({ country }) => [country, authority(tag, country)] as const),
  );
  const bank = { ...partyOf(tag, 'dealer', 1, town.antwerp), id: `${tag}-bank` };
  return {
    operator,
    producerOf: (mine) => producers.get(mine.id) ?? producer(tag, mine),
    all: [...traders, ...authorities.values(), bank],
    authority: (country) => authorities.get(country) ?? authority(tag, country),
    bank,
    dealer: (random) => random.pick(trade),
    cutter: (random, mineCountry) => {
      const home = near.filter(({ country }) => country === mineCountry);
      return home.length > 0 && random.chance(0.3) ? random.pick(home) : random.pick(far);
    },
    laboratory: (random, cutter) => {
      const close = labs.filter(({ country }) => country === cutter.country);
      return close.length > 0 && random.chance(0.8) ? random.pick(close) : random.pick(labs);
    },
    jeweller: (random) => random.pick(shops),
  };
}

function seat(tag: string, role: PartyRole, seats: Seats): readonly Party[] {
  return seats.flatMap(({ place, parties }) =>
    Array.from({ length: parties }, (_, i) => partyOf(tag, role, i + 1, place)),
  );
}

function partyOf(tag: string, role: PartyRole, n: number, place: Place): Party {
  const { country = '', text = '' } = place;
  return {
    id: `${tag}-${role}-${text.toLowerCase().replaceAll(' ', '-')}-${n}`,
    name: `${text} ${role} ${n} (generated)`,
    country,
    role,
    place,
  };
}

function producer(tag: string, mine: Mine): Party {
  const country = countryOf(mine);
  return {
    id: `${tag}-producer-${mine.id}`,
    name: `${mine.name} producer (generated)`,
    country,
    role: 'producer',
    place: { country, mineId: mine.id },
  };
}

function authority(tag: string, country: string): Party {
  return {
    id: `${tag}-authority-${country.toLowerCase()}`,
    name: `Diamond authority of ${country} (generated)`,
    country,
    role: 'authority',
    place: { country },
  };
}
