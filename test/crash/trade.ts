import { type Cast, castOf } from '#apps/cli/generate/cast';
import { consignmentSteps } from '#apps/cli/generate/consignment';
import { day, secondsOf } from '#apps/cli/generate/moment';
import { randomOf } from '#apps/cli/generate/random';
import { type Body, metaOf, type Step } from '#apps/cli/generate/script';
import { partId, singledOutId } from '#events/streams';
import type { CorrectRecord } from '#libs/correction/correction-command';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { ParcelCommand } from '#libs/parcel/parcel-command';

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

/** What the lot of {@link correctingLot} is said to come from, in turn; the first at the beginning. */
export const correctedMines = ['ru-jubilee', 'bw-jwaneng'] as const;

/** Parts that a lot is sorted into; of each one stone is taken. */
const sortedInto = 24;

/** A lot, what is made of it, and the correction of its mine: two steps down, for each part. */
export function correctingLot(round: string, uuid: () => string) {
  const id = `corrected-${round}`;
  const [producer] = cast.all;
  const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' }) as const;
  const at = { time: '2021-01-01', precision: 'day' } as const;
  const document = { type: 'record', number: 'R-1', issuer: 'mine', sha256: 'a'.repeat(64) };
  const meta = () =>
    ({
      id: uuid(),
      by: producer?.id ?? '',
      roles: ['producer'],
      now: '2021-01-01T12:00:00Z',
      at,
      documents: [document],
    }) as const;
  const [mineId] = correctedMines;
  const [from = at, to = at] = ['2020-11-01', '2020-11-30'].map(
    (time) => ({ time, precision: 'day' }) as const,
  );
  const parcel = (stream: string, body: Body<ParcelCommand | CorrectRecord>) =>
    ({ category: 'parcel', id: stream, command: { ...body, meta: meta() } }) as LedgerCommand;
  const parts = Array.from({ length: sortedInto }, () => ({
    content: { weight: weighed(20_000), pieces: 2 },
    assortment: 'makeables',
  }));
  const content = { weight: weighed(20_000 * sortedInto) };
  const names = Array.from({ length: sortedInto }, (_, n) => partId(id, n + 1));
  return {
    id,
    children: names.flatMap((name) => [`parcel-${name}`, `stone-${singledOutId(name, 1)}`]),
    made: [
      parcel(id, { type: 'RecoverLot', mineId, plant: 'plant', from, to, content }),
      parcel(id, { type: 'SortParcel', parts, loss: weighed(0) }),
      ...names.map((name) => parcel(name, { type: 'SingleOutStone', weight: weighed(10_000) })),
    ],
    corrected: (mine: string) =>
      parcel(id, {
        type: 'CorrectRecord',
        target: 0,
        changes: [{ field: 'data.mineId', to: mine }],
        reason: 'of the other mine',
      }),
  };
}
