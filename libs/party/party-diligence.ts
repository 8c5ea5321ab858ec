import type { Draft } from '#events/event';
import type { PartyEvent } from '#events/party';
import { checkSha256, factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import type { DeclareOwnership, ScreenParty } from '#libs/party/party-command';
import { isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';

const wholePpm = 1_000_000;

/** What is known of a party beyond its roles: what lists say of it, and who owns it. */
export function decideDiligence(command: ScreenParty | DeclareOwnership): Draft<PartyEvent> {
  if (command.type === 'DeclareOwnership') return declare(command);
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
  const { meta, partyId, shareholders } = command;
  if (meta.by !== partyId && !meta.roles.includes('operator')) {
    throw new Refused('not-your-act', `${meta.by} does not speak for ${partyId}`, { by: meta.by });
  }
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

function impossible(field: string): Refused {
  return new Refused(
    'impossible-shares',
    'shares are 1 to 1000000 ppm, or 0 of one who controls, together no more',
    {
      field,
    },
  );
}
