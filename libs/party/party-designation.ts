import type { Draft } from '#events/event';
import type { PartyEvent } from '#events/party';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type { EndDesignation, RecordDesignation } from '#libs/party/party-command';
import type { Party } from '#libs/party/party-state';
import { isDay } from '#libs/reference/calendar';
import { designatingJurisdictions } from '#libs/rulebook/rule-book';

/**
 * That a list of sanctioned persons names a party, and that it no longer does. A designation may
 * begin on a later day than it is recorded, and on an earlier one.
 */
export function decideDesignation(
  command: RecordDesignation | EndDesignation,
  { designations }: Party,
): Draft<PartyEvent> {
  const { meta, jurisdiction, list, from } = command;
  needRole(meta, 'operator', 'authority');
  if (!isDay(from)) {
    throw new Refused('bad-date', 'from is no day written YYYY-MM-DD', { field: 'from' });
  }
  if (!designatingJurisdictions.includes(jurisdiction)) {
    throw new Refused(
      'unknown-jurisdiction',
      `the rule book holds no measures of ${jurisdiction}`,
      {
        field: 'jurisdiction',
        known: designatingJurisdictions,
      },
    );
  }
  const known = designations.find(
    (each) => each.jurisdiction === jurisdiction && each.list === list,
  );
  if (command.type === 'RecordDesignation') {
    if (known) throw new Refused('already-designated', `${list} names it since ${known.from}`);
    return { type: 'DesignationRecorded', data: factsOf(command) };
  }
  if (!known) throw new Refused('not-designated', `${list} is not known to name it`);
  if (from <= known.from) {
    throw new Refused('impossible-interval', `${list} names it only since ${known.from}`, {
      field: 'from',
    });
  }
  return { type: 'DesignationEnded', data: factsOf(command) };
}
