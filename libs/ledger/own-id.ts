import { certificateId, chosenId, longestChosenId, reportId } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import { type LedgerCommand, isContestAsked, isCorrectionAsked } from '#libs/ledger/ledger-command';

/** Commands that open streams whose ids the ledger derives. */
const opening: ReadonlySet<string> = new Set(['OpenStone', 'OpenParcel', 'AssignUin']);

/**
 * Callers choose ids of a narrow form; those of parts are derived by the ledger, and a numbered
 * paper's stream is named after its number, so that the number cannot be used twice.
 */
export function requireOwnId(asked: LedgerCommand): void {
  if (isCorrectionAsked(asked) || isContestAsked(asked)) return;
  const { category, id, command } = asked;
  if (category === 'certificate') {
    if ('number' in command && certificateId(command.number) === id) return;
    throw badId(id);
  }
  if (category === 'report') {
    if (reportId(command.laboratory, command.reportNo) === id) return;
    throw badId(id);
  }
  if (category === 'flag' || opening.has(command.type)) return;
  if (!chosenId.test(id) || id.length > longestChosenId) throw badId(id);
}

/** Refuses an id that no stream may have. */
export function badId(id: string): Refused {
  return new Refused(
    'bad-id',
    `an id is 1 to ${longestChosenId} lower-case letters, digits and single dashes`,
    { field: 'id', id },
  );
}
