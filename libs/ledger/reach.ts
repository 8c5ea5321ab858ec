import type { FieldChange } from '#events/correction';
import { parseStream } from '#events/streams';
import { amendmentsIn } from '#libs/decider/effective';
import { consequencesIn, consequential } from '#libs/ledger/consequences';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import { deciderOf, streamOf } from '#libs/ledger/ledger-command';
import type { CorrectionDraft } from '#libs/ledger/restand';
import { asEvent, firstChange, readBy } from '#libs/ledger/restand';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { RecordedEvent } from '#libs/store/store';

/** What another stream was told by `told`, and would have been told otherwise. */
export type Reached = Readonly<{
  stream: string;
  told: RecordedEvent;
  changes: readonly Omit<FieldChange, 'from'>[];
}>;

/** What other streams keep of what they are told, beside when and where, by the command that tells them. */
const kept: Readonly<Partial<Record<string, readonly string[] | 'all'>>> = {
  OpenStone: 'all',
  OpenParcel: 'all',
  ReceiveMix: 'all',
  MergeIdentity: ['origin'],
  TakeInStone: ['weight', 'origin'],
  PassGoods: ['country'],
  TakeInMelee: ['content', 'origin', 'sieve'],
  OpenReport: ['weight'],
  CompareReport: ['finding'],
  OutdateReport: ['reason'],
};

const notFacts = ['type', 'meta', 'parent', 'from', 'cause', 'parcelId'];

/** Events with which another stream gave back what it was told of. */
const returns = ['MixReturned', 'IdentityRestored', 'SettingReturned', 'MeleeReturned'];

/** What corrections of a stream's events change in what it told other streams. */
export function reachOf(
  history: readonly RecordedEvent[],
  drafts: readonly CorrectionDraft[],
): readonly Reached[] {
  const [was, is] = [
    amendmentsIn(history) ?? new Map(),
    amendmentsIn([...history, ...drafts.map(asEvent)]) ?? new Map(),
  ];
  const first = firstChange(history, was, is);
  const [before, after] = [readBy(history, was), readBy(history, is)];
  const told = new Map<string, readonly DecidedCommand[]>();
  for (const { event, context } of inContext(before)) {
    told.set(event.meta.id, consequencesIn(event, context, event.recordedAt));
  }
  const back = new Set(after.filter(({ type }) => returns.includes(type)).map(causeOf));
  const reached: Reached[] = [];
  for (const { event, context } of inContext(after)) {
    const had = told.get(event.meta.id);
    if (!had || event.revision < first || back.has(event.meta.id)) continue;
    const has = consequencesIn(event, context, event.recordedAt);
    has.forEach((command, i) => reached.push(...differences(event, had[i], command)));
  }
  return reached;
}

/** Each event that something follows from, with the state that it met: folded once in all. */
function* inContext(history: readonly RecordedEvent[]) {
  const [first] = history;
  const { category } = parseStream(first?.stream ?? '') ?? {};
  if (category === undefined) return;
  const decider = deciderOf(category);
  let state = decider.initial;
  for (const event of history) {
    if (consequential.has(event.type)) yield { event, context: { state, first } };
    state = decider.evolve(state, event);
  }
}

function causeOf({ data }: RecordedEvent): string {
  return (data as Readonly<{ cause: string }>).cause;
}

function differences(
  told: RecordedEvent,
  had: DecidedCommand | undefined,
  has: DecidedCommand,
): readonly Reached[] {
  const fields = kept[has.command.type];
  if (!had || fields === undefined) return [];
  const [old, now] = [had.command, has.command] as unknown as Readonly<Record<string, unknown>>[];
  const names = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
  const changes = [...names].flatMap((name): Omit<FieldChange, 'from'>[] => {
    const isKept = fields === 'all' ? !notFacts.includes(name) : fields.includes(name);
    const [was, is] = [old?.[name] ?? null, now?.[name] ?? null];
    if (!isKept || canonicalJson(was) === canonicalJson(is)) return [];
    return [{ field: `data.${name}`, to: is }];
  });
  for (const field of ['at', 'place'] as const) {
    const [was, is] = [had.command.meta[field] ?? null, has.command.meta[field] ?? null];
    if (canonicalJson(was) !== canonicalJson(is)) changes.push({ field, to: is });
  }
  return changes.length === 0 ? [] : [{ stream: streamOf(has), told, changes }];
}
