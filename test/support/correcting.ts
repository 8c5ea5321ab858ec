import type { DocumentRef, Place } from '#events/event';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused, fold } from '#libs/decider/decider';
import { type Ledger, openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { deciderOf } from '#libs/ledger/ledger-command';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { Stone } from '#libs/stone/stone-state';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import { leftOf } from '#libs/trade/weight';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { projections } from '#projections/projections';
import { mct } from '#test/support/given';
import { everyTrade } from '#test/support/world';

/** The ledger that corrections are tried on; a new one for every spec. */
export let ledger: Ledger;
export const now = '2025-04-04T12:00:00Z';
export const slip: DocumentRef = { type: 'weighing-slip', number: 'W-1', sha256: 'ab'.repeat(32) };

let ids = 0;

export function meta(by: string): CommandMeta {
  ids += 1;
  const id = `01960000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  const roles = by === 'office' ? (['authority', 'operator'] as const) : everyTrade;
  const traders = roles.filter((role) => role !== 'authority' || by === 'office');
  return { id, by, roles: traders, now, at: { time: '2025-04-04', precision: 'day' } };
}

export type Said = Readonly<{ type: string }> & Readonly<Record<string, unknown>>;

export async function act(
  stream: string,
  said: Said,
  by = 'alrosa',
  documents?: readonly DocumentRef[],
  place?: Place,
) {
  const [category = '', ...rest] = stream.split('-');
  const around = { ...meta(by), ...(documents && { documents }), ...(place && { place }) };
  const command = { ...said, meta: around };
  return ledger.execute({ category, id: rest.join('-'), command } as unknown as LedgerCommand);
}

export const correct = (stream: string, target: number, field: string, to: unknown, by?: string) =>
  act(stream, { type: 'CorrectRecord', target, changes: [{ field, to }], reason: 'misread' }, by, [
    slip,
  ]);

export const annul = (stream: string, target: number, by?: string) =>
  act(stream, { type: 'AnnulEvent', target, reason: 'it was not so' }, by, [slip]);

export async function codeOf(doing: Promise<unknown>): Promise<string | undefined> {
  try {
    await doing;
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

export async function state<S extends Stone | Parcel>(stream: string): Promise<S> {
  const category = stream.startsWith('stone-') ? 'stone' : 'parcel';
  return fold(deciderOf(category), await ledger.store.read(stream)) as S;
}

export const weightOf = async (stream: string) => leftOf((await state<Stone>(stream)).balance).max;
export const typesOf = async (stream: string) =>
  (await ledger.store.read(stream)).map(({ type }) => type);

export const reachedBy = async (stream: string) =>
  (await ledger.store.read(stream)).flatMap(({ type, data }) =>
    type === 'RecordCorrected' ? [data.reached] : [],
  );

export async function recovered(id = 'dawn', weight = 200_000): Promise<void> {
  await act(`stone-${id}`, { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(weight) });
}

export async function recoveredLot(id: string): Promise<void> {
  const day = { time: '2025-04-01', precision: 'day' };
  const content = { weight: mct(500_000) };
  const said = { mineId: 'ru-ebelyakh', from: day, to: day, content };
  await act(`parcel-${id}`, { type: 'RecoverLot', ...said });
}

/** All views of the ledger as it is. */
export async function viewsNow(): Promise<ViewReader> {
  const events: RecordedEvent[] = [];
  for await (const batch of ledger.store.readAll(0n)) events.push(...batch);
  return replay(projections, events, '2025-06-01');
}

export const released = { type: 'ReleaseCustody', to: 'broker', purpose: 'sale' };

export async function newLedger(): Promise<void> {
  ledger = openLedger(memoryStore({ ledger: 'test' }), () => now);
  for (const id of ['office', 'alrosa', 'broker']) {
    const command = { type: 'RegisterParty', name: id, country: 'RU', roles: everyTrade } as const;
    const around = { ...meta('office'), by: id === 'office' ? id : 'office' };
    await ledger.execute({ category: 'party', id, command: { ...command, meta: around } });
  }
}
