import { expect, it } from '@jest/globals';
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
