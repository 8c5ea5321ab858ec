import { type Cast, castOf } from '#apps/cli/generate/cast';
import { consignmentSteps } from '#apps/cli/generate/consignment';
import { day, secondsOf } from '#apps/cli/generate/moment';
import { randomOf } from '#apps/cli/generate/random';
import { metaOf, type Step } from '#apps/cli/generate/script';
import type { LedgerCommand } from '#libs/ledger/ledger-command';

export const ledgerName = 'crash.example/log';

const tag = 'crash';
const cast: Cast = castOf(tag);

/** Everybody that the consignments name. */
export function registrations(): readonly LedgerCommand[] {
  const random = randomOf(tag);
  return [cast.operator, ...cast.all].map((party, i) => {
    const at = secondsOf('2018-12-01') + i;
    const { name, country, role } = party;
    const meta = metaOf(random, at + 60, { by: cast.operator, at });
    const command = { type: 'RegisterParty', name, country, roles: [role], meta } as const;
    return { category: 'party', id: party.id, command };
  });
}

/** What happens to the n-th consignment, from the mine to the sale. */
export function consignment(seed: string, n: number): readonly Step[] {
  const begins = secondsOf('2021-01-01') + (n % 1000) * day;
  return consignmentSteps(cast, tag, seed, { n, stones: 6, begins });
}

/** A stone of its own, for appends that no consignment makes. */
export function plainStone(id: string, uuid: string): LedgerCommand {
  const [producer] = cast.all;
  const meta = {
    id: uuid,
    by: producer?.id ?? '',
    roles: ['producer'],
    now: '2021-01-01T12:00:00Z',
    at: { time: '2021-01-01', precision: 'day' },
  } as const;
  const weight = { mct: 12_000, qualifier: 'eq', basis: 'weighed' } as const;
  const command = { type: 'RecoverRough', mineId: 'ru-jubilee', weight, meta } as const;
  return { category: 'stone', id, command };
}

/** Its finder gives it a name. */
export function naming(id: string, name: string, uuid: string): LedgerCommand {
  const { command } = plainStone(id, uuid);
  return { category: 'stone', id, command: { type: 'NameStone', name, meta: command.meta } };
}
