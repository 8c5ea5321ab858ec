import { expect, it } from '@jest/globals';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { unknownOrigin as origin } from '#libs/origin/origin';
import type { Question } from '#libs/views/as-known';
import { eventsAt, viewsAt } from '#libs/views/as-known';
import { cardOf } from '#projections/history/history';
import { ofSingleThings } from '#projections/projections';
import { finishedStore, ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const paper = 'report-gia-22';

/** A stone broken in two, graded, and its weight put right: on the stone, on its part, on the report. */
function story() {
  const { events, record } = ledgerOf();
  const data = { form: 'polished', weight: weighing(5_000), origin, owner: 'alrosa' } as const;
  record('stone-whole', { type: 'HistoryOpened', data: { ...data, basis: 'bought' } });
  const split = { n: 1, weight: weighing(2_000), reason: 'two in one paper' };
  const parted = record('stone-whole', { type: 'IdentitySplit', data: split });
  const parent = { stream: 'stone-whole', revision: parted.revision };
  const inherited = { form: 'polished', origin, owner: 'alrosa', custodian: 'alrosa' } as const;
  const opened = record('stone-whole.1', {
    type: 'StoneOpened',
    data: { ...inherited, weight: split.weight, parent, cause: parted.meta.id },
  });
  const named = { laboratory: 'gia', reportNo: '22', stone: 'whole.1', weight: split.weight };
  const told = record(paper, {
    type: 'ReportOpened',
    data: { ...named, cause: parted.meta.id },
  });
  const right = (target: typeof opened, field: string, cause?: string) => {
    const changes = [{ field, from: split.weight, to: weighing(1_900) }];
    const { meta, revision } = target;
    const named = { id: meta.id, revision };
    return record(target.stream, {
      type: 'RecordCorrected',
      data: { target: named, changes, reason: 'misread', reached: 1, ...(cause && { cause }) },
    });
  };
  const first = right(parted, 'data.weight');
  const second = right(opened, 'data.weight', first.meta.id);
  const third = right(told, 'data.weight', second.meta.id);
  return { store: finishedStore(events), first, second, third };
}

const weightOf = async (store: ReturnType<typeof story>['store'], question: Question) => {
  const views = await viewsAt(store, ofSingleThings, 'stone-whole.1', question, '2026-01-01');
  return (await cardOf(views, 'stone-whole.1'))?.mct;
};

const reported = async (store: ReturnType<typeof story>['store'], question: Question) => {
  const [event] = await eventsAt(store, paper, question);
  return event?.type === 'ReportOpened' ? event.data.weight.mct : undefined;
};

it('tells what a correction reached as known with it, however far the ledger has carried it', async () => {
  const { store, first, second, third } = story();
  const before = { knownAt: { position: first.position - 1n } };
  expect(await weightOf(store, before)).toBe(2_000);
  expect(await reported(store, before)).toBe(2_000);
  for (const { position } of [first, second, third]) {
    const question = { knownAt: { position } };
    expect(await weightOf(store, question)).toBe(1_900);
    expect(await reported(store, question)).toBe(1_900);
  }
});

/** What one parcel took in from others, each of them by a mix of its own. */
function mixes() {
  const { events, record } = ledgerOf();
  const content = { weight: weighing(5_000) };
  return { events, mixed, corrected, asked };

  function mixed(into: string, ...from: readonly string[]): RecordedEvent {
    const mix = (stream: string) => {
      const hands = { content, origin, custodian: 'alrosa', owner: 'alrosa' };
      const data = { ...hands, from: { stream, revision: 0 }, cause: stream };
      return record(into, { type: 'MixReceived', data });
    };
    const [first] = from.map(mix);
    if (!first) throw new RangeError('nothing was mixed');
    return first;
  }

  function corrected({ stream, revision, meta }: RecordedEvent, cause?: string): RecordedEvent {
    const to = weighing(4_000);
    const changes = [{ field: 'data.content.weight', from: content.weight, to }];
    const target = { id: meta.id, revision };
    const said = { target, changes, reason: 'misread', reached: 1, ...(cause && { cause }) };
    return record(stream, { type: 'RecordCorrected', data: said });
  }

  /** What came first and last into the stream weighs as known at the position, and how often one was read. */
  async function asked(stream: string, position: bigint) {
    const reads: string[] = [];
    const whole = finishedStore(events);
    const store: Pick<EventStore, 'read'> = {
      read: (name, options) => {
        reads.push(name);
        return whole.read(name, options);
      },
    };
    const known = await eventsAt(store, stream, { knownAt: { position } });
    const weights = known.flatMap((event) =>
      event.type === 'MixReceived' ? [event.data.content.weight.mct] : [],
    );
    const [mct] = weights;
    return { mct, last: weights.at(-1), reads: reads.length, streams: new Set(reads).size };
  }
}

it('reads each stream of a ladder of mixes once, however many ways lead to it', async () => {
  const { mixed, corrected, asked } = mixes();
  const levels = 20;
  const sides = ['a', 'b'] as const;
  const rungs: Record<string, RecordedEvent> = {};
  const at = (side: string, level: number) => `parcel-${side}${level}`;
  for (let level = 0; level <= levels; level++) {
    for (const side of sides) {
      const from = level === 0 ? ['parcel-lot'] : sides.map((each) => at(each, level - 1));
      rungs[at(side, level)] = mixed(at(side, level), ...from);
    }
  }
  const causes: Record<string, string> = {};
  let known = 0n;
  for (const [stream, event] of Object.entries(rungs)) {
    const level = Number(stream.slice('parcel-a'.length));
    const before = causes[stream.slice(0, 'parcel-a'.length) + String(level - 1)];
    const { meta, position } = corrected(event, before);
    causes[stream] = meta.id;
    if (level === 0) known = position;
  }
  const { mct, reads, streams } = await asked(at('a', levels), known);
  expect({ mct, reads, streams }).toEqual({ mct: 4_000, reads: 41, streams: 41 });
});

it('comes to an end where two parcels went into each other, and tells both what was known', async () => {
  const { mixed, corrected, asked } = mixes();
  const first = mixed('parcel-one', 'parcel-two');
  const second = mixed('parcel-two', 'parcel-one');
  const { meta, position } = corrected(first);
  const carried = corrected(second, meta.id);
  corrected(first, carried.meta.id);
  expect(await asked('parcel-two', position)).toMatchObject({ mct: 4_000, reads: 2 });
  expect(await asked('parcel-one', position)).toMatchObject({ mct: 4_000, reads: 2 });
  expect(await asked('parcel-two', position - 1n)).toMatchObject({ mct: 5_000 });
});

it('tells what came back round to a parcel by what went out of it and into it again', async () => {
  const { mixed, corrected, asked } = mixes();
  const lot = mixed('parcel-lot', 'parcel-mine');
  const early = mixed('parcel-one', 'parcel-lot');
  const out = mixed('parcel-two', 'parcel-one');
  const back = mixed('parcel-one', 'parcel-two');
  const { meta, position } = corrected(lot);
  const onEarly = corrected(early, meta.id);
  const onOut = corrected(out, onEarly.meta.id);
  corrected(back, onOut.meta.id);
  expect(await asked('parcel-one', position)).toMatchObject({ mct: 4_000, last: 4_000 });
  expect(await asked('parcel-two', position)).toMatchObject({ mct: 4_000 });
});
