import fc from 'fast-check';
import { parseStream } from '#events/streams';
import { correctableOf } from '#libs/correction/correctable';
import { amended, amendmentsIn, isCorrection, readAt } from '#libs/decider/effective';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { RecordedEvent } from '#libs/store/store';
import { day } from '#test/support/given';
import { everyTrade, now } from '#test/support/world';

/** A correction or annulment as a few small numbers, of an event `back` from the end of a stream. */
export type Strike = Readonly<{
  annuls: boolean;
  stream: number;
  back: number;
  field: number;
  value: number;
}>;

export const strike: fc.Arbitrary<Strike> = fc.record({
  annuls: fc.boolean(),
  stream: fc.nat(),
  back: fc.nat(5),
  field: fc.nat(),
  value: fc.oneof(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -5000, max: 5000 })),
});

const mines = ['ru-ebelyakh', 'bw-jwaneng', 'ca-diavik', 'nowhere'];
const countries = ['RU', 'BW', 'BE', 'IN'];

/** The strike as a command on what is there; `undefined` when it hits nothing. */
export function strikeOf(
  { annuls, stream, back, field, value }: Strike,
  histories: readonly (readonly RecordedEvent[])[],
  id: string,
): LedgerCommand | undefined {
  const history = histories[stream % Math.max(1, histories.length)] ?? [];
  const event = history.at(-1 - back) ?? history[0];
  const named = event && parseStream(event.stream);
  if (!event || !named) return undefined;
  const documents = [{ type: 'slip', sha256: 'ab'.repeat(32) }];
  const meta = { id, by: 'alrosa', roles: everyTrade, now, at: day('2025-04-04'), documents };
  const of = { target: event.revision, reason: 'misread' };
  if (annuls) return { ...named, command: { type: 'AnnulEvent', ...of, meta } };
  const reads = amended(event, amendmentsIn(history) ?? new Map()) ?? event;
  const paths = isCorrection(reads) ? [] : pathsOf(reads);
  const path = paths[field % Math.max(1, paths.length)] ?? 'place';
  const to = valueFor(path, readAt(reads, path), value);
  const changes = [{ field: path, to }];
  return { ...named, command: { type: 'CorrectRecord', ...of, changes, meta } };
}

function pathsOf(event: RecordedEvent): readonly string[] {
  const fields = Object.keys(correctableOf(event)?.fields ?? {});
  const own = fields.flatMap((field) => {
    const [list, rest] = field.split('.*.');
    if (rest === undefined) return [`data.${field}`];
    const places = readAt(event, `data.${list}`) as readonly unknown[] | null;
    return (places ?? []).map((_, n) => `data.${list}.${n}.${rest}`);
  });
  return [...own, 'place', 'at'];
}

function valueFor(path: string, old: unknown, value: number): unknown {
  const nth = Math.abs(value);
  if (path === 'place') return { country: countries[nth % countries.length] };
  if (path === 'at')
    return value % 2 === 0 ? day('2025-04-03') : { time: '2025', precision: 'year' };
  if (path.endsWith('mineId')) return mines[nth % mines.length];
  if (typeof old === 'object' && old !== null && 'mct' in old) {
    return { ...old, mct: Number(old.mct) + value };
  }
  if (typeof old === 'number') return old + value;
  return old === null || typeof old === 'string' ? `text ${nth}` : old;
}
