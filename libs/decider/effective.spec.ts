import { describe, expect, it } from '@jest/globals';
import type { FieldChange } from '#events/correction';
import type { LedgerEvent } from '#events/ledger-event';
import type { Recorded } from '#events/event';
import { effective } from '#libs/decider/effective';
import { ledgerOf } from '#test/support/recorded';

type Named = ReturnType<typeof stream>;

/** One stone's stream that is written event by event, a day apart. */
function stream() {
  const { record, events } = ledgerOf();
  return {
    events,
    named: (name: string) => record('stone-dawn', { type: 'StoneNamed', data: { name } }),
    correct: (target: Recorded, ...changes: readonly FieldChange[]) =>
      record('stone-dawn', {
        type: 'RecordCorrected',
        data: { target: targetOf(target), changes, reason: 'misread', reached: 0 },
      }),
    annul: (target: Recorded) =>
      record('stone-dawn', {
        type: 'EventAnnulled',
        data: { target: targetOf(target), reason: 'another stone', reached: 0 },
      }),
  };
}

const targetOf = ({ meta, revision }: Recorded) => ({ id: meta.id, revision });
const name = (from: string, to: string): FieldChange => ({ field: 'data.name', from, to });
const namesOf = (history: readonly LedgerEvent[]) =>
  history.map(({ data }) => ('name' in data ? data.name : ''));
const inForce = ({ events }: Named, position?: bigint) =>
  namesOf(effective(events, position === undefined ? undefined : { position }));

describe('the effective history', () => {
  it('is the history itself while nothing was corrected', () => {
    const dawn = stream();
    dawn.named('Dawn');
    expect(effective(dawn.events)).toBe(dawn.events);
  });

  it('reads a corrected event as it should have read, at the place where it was recorded', () => {
    const dawn = stream();
    const first = dawn.named('Down');
    dawn.named('New Sun');
    dawn.correct(first, name('Down', 'Dawn'));
    const [corrected] = effective(dawn.events);
    expect(inForce(dawn)).toEqual(['Dawn', 'New Sun']);
    expect(corrected).toEqual({ ...first, data: { name: 'Dawn' } });
    expect(first.data).toEqual({ name: 'Down' });
  });

  it('leaves out what was annulled, with what was corrected of it', () => {
    const dawn = stream();
    const first = dawn.named('Down');
    dawn.named('New Sun');
    dawn.correct(first, name('Down', 'Dawn'));
    dawn.annul(first);
    expect(inForce(dawn)).toEqual(['New Sun']);
  });

  it('takes the latest of several corrections of a field', () => {
    const dawn = stream();
    const first = dawn.named('Down');
    dawn.correct(first, name('Down', 'Dawm'));
    dawn.correct(first, name('Dawm', 'Dawn'));
    expect(inForce(dawn)).toEqual(['Dawn']);
  });

  it('undoes a correction, or an annulment, that was annulled itself', () => {
    const dawn = stream();
    const first = dawn.named('Dawn');
    const wrong = dawn.correct(first, name('Dawn', 'Down'));
    dawn.annul(wrong);
    expect(inForce(dawn)).toEqual(['Dawn']);
    const gone = dawn.annul(first);
    expect(inForce(dawn)).toEqual([]);
    dawn.annul(gone);
    expect(inForce(dawn)).toEqual(['Dawn']);
  });

  it('knows of a correction only from when it was recorded', () => {
    const dawn = stream();
    const first = dawn.named('Down');
    dawn.correct(first, name('Down', 'Dawn'));
    dawn.annul(first);
    expect(inForce(dawn, 0n)).toEqual([]);
    expect(inForce(dawn, 1n)).toEqual(['Down']);
    expect(inForce(dawn, 2n)).toEqual(['Dawn']);
    expect(inForce(dawn, 3n)).toEqual([]);
    expect(namesOf(effective(dawn.events, { day: '2025-12-31' }))).toEqual([]);
    expect(namesOf(effective(dawn.events, { day: '2026-01-01' }))).toEqual([]);
  });

  it('corrects times and places, adds what was missing and takes away what was not so', () => {
    const dawn = stream();
    const first = dawn.named('Dawn');
    dawn.correct(
      first,
      { field: 'at', from: first.meta.at, to: { time: '2024', precision: 'year' } },
      { field: 'place', from: null, to: { country: 'RU' } },
      { field: 'data.language', from: null, to: 'en' },
    );
    const [corrected] = effective(dawn.events);
    expect(corrected?.meta).toEqual({
      ...first.meta,
      at: { time: '2024', precision: 'year' },
      place: { country: 'RU' },
    });
    expect(corrected?.data).toEqual({ name: 'Dawn', language: 'en' });
    dawn.correct(first, { field: 'data.language', from: 'en', to: null });
    expect(effective(dawn.events)[0]?.data).toEqual({ name: 'Dawn' });
  });

  it('says null of an owner taken away where goods were opened without a command', () => {
    const { record, events } = ledgerOf();
    const opened = record('stone-a.1', {
      type: 'StoneOpened',
      data: {
        form: 'piece',
        weight: { mct: 5, qualifier: 'eq', basis: 'weighed' },
        origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
        custodian: 'kgk',
        owner: 'kgk',
        parent: { stream: 'stone-a', revision: 1 },
        cause: 'x',
      },
    });
    const change = { field: 'data.owner', from: 'kgk', to: null };
    record('stone-a.1', {
      type: 'RecordCorrected',
      data: { target: targetOf(opened), changes: [change], reason: 'misread', reached: 0 },
    });
    expect(effective(events)[0]?.data).toMatchObject({ owner: null, custodian: 'kgk' });
  });

  it('reaches into lists, and changes nothing where the path leads nowhere', () => {
    const { record, events } = ledgerOf();
    const weight = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' }) as const;
    const pieces = [1, 2].map((n) => ({ n, weight: weight(n * 100) }));
    const sawn = record('stone-dawn', {
      type: 'RoughSawn',
      data: { method: 'blade', pieces, loss: weight(0) },
    });
    const changes = [
      { field: 'data.pieces.1.weight', from: weight(200), to: weight(210) },
      { field: 'data.nowhere.weight', from: null, to: weight(1) },
      { field: 'data.method.weight', from: null, to: weight(1) },
    ];
    const target = { id: sawn.meta.id, revision: 0 };
    const data = { target, changes, reason: 'weighed again', reached: 0 };
    record('stone-dawn', { type: 'RecordCorrected', data });
    expect(effective(events)[0]?.data).toEqual({
      ...sawn.data,
      pieces: [pieces[0], { n: 2, weight: weight(210) }],
    });
  });
});
