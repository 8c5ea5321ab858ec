import type { Draft } from '#events/event';
import type { PartyEvent } from '#events/party';
import { checkSha256, factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import type { DeclareAddress, DeclareOwnership, ScreenParty } from '#libs/party/party-command';
import { isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';

const wholePpm = 1_000_000;
const mostLines = 6;

/** What is known of a party beyond its roles: what lists say of it, who owns it, where it is. */
export function decideDiligence(
  command: ScreenParty | DeclareOwnership | DeclareAddress,
): Draft<PartyEvent> {
  if (command.type === 'DeclareOwnership') return declare(command);
  if (command.type === 'DeclareAddress') return declareAddress(command);
  const { meta, listDate, resultSha256 } = command;
  checkSha256(resultSha256, 'resultSha256');
  if (!isDay(listDate)) {
    throw new Refused('bad-date', 'listDate is no day', { field: 'listDate' });
  }
  if (listDate > daysOf(meta.at).last) {
    throw new Refused('in-the-future', 'the list is of a later day', { field: 'listDate' });
  }
  return { type: 'ScreeningPerformed', data: factsOf(command) };
}

function declare(command: DeclareOwnership): Draft<PartyEvent> {
  const { shareholders } = command;
  needSpeaker(command);
  shareholders.forEach(({ country, ppm, controls = false }, n) => {
    if (country !== undefined && !isCountry(country)) {
      throw new Refused('bad-country', `${country} is no ISO 3166-1 alpha-2 code`, {
        field: `shareholders.${n}.country`,
      });
    }
    if (Number.isSafeInteger(ppm) && ppm >= (controls ? 0 : 1)) return;
    throw impossible(`shareholders.${n}.ppm`);
  });
  if (shareholders.reduce((sum, { ppm }) => sum + ppm, 0) > wholePpm) {
    throw impossible('shareholders');
  }
  return { type: 'OwnershipDeclared', data: { shareholders } };
}

function declareAddress(command: DeclareAddress): Draft<PartyEvent> {
  const { lines } = command;
  needSpeaker(command);
  if (lines.length < 1 || lines.length > mostLines) {
    throw new Refused('bad-count', `an address has 1 to ${mostLines} lines`, { field: 'lines' });
  }
  return { type: 'AddressDeclared', data: { lines } };
}

function needSpeaker({ meta, partyId }: DeclareOwnership | DeclareAddress): void {
  if (meta.by === partyId || meta.roles.includes('operator')) return;
  throw new Refused('not-your-act', `${meta.by} does not speak for ${partyId}`, { by: meta.by });
}

function impossible(field: string): Refused {
  return new Refused(
    'impossible-shares',
    'shares are 1 to 1000000 ppm, or 0 of one who controls, together no more',
    {
      field,
    },
  );
}
