import type { Command } from 'commander';
import { questionOf } from '#apps/cli/as-known';
import { reading, today } from '#apps/cli/data-place';
import { usage } from '#apps/cli/failure';
import { act } from '#apps/cli/party-acts';
import type { ActOptions, PartyAct } from '#apps/cli/party-acts';
import { json } from '#apps/cli/show/json';
import type { CommonOptions, PlaceOptions, Surroundings } from '#apps/cli/verb';
import { group, verb, withPlace, withQuestion, withRemote } from '#apps/cli/verb';
import { partyStream } from '#events/streams';
import type { PartyRole } from '#events/values';
import { partyRoles } from '#events/values';
import { shownWhen } from '#libs/documents/words';
import { listedAt } from '#libs/views/as-known';
import { allParties, parties as partiesKept } from '#projections/parties';

export function roleOf(text: string): PartyRole {
  const role = partyRoles.find((each) => each === text);
  if (role === undefined) throw usage(`“${text}” is no role: one of ${partyRoles.join(', ')}`);
  return role;
}

/** For options that may be given several times. */
export function gather<T>(read: (text: string) => T) {
  return (text: string, before: readonly T[] | undefined): readonly T[] => [
    ...(before ?? []),
    read(text),
  ];
}

type Options = ActOptions & CommonOptions;

export function partyVerb(surroundings: Surroundings): Command {
  return group(
    'party',
    'register parties and say what they may do',
    'party register antwerp-broker --name "Antwerp Broker NV" --country BE --role dealer',
  )
    .addCommand(register(surroundings))
    .addCommand(grant(surroundings))
    .addCommand(withdraw(surroundings))
    .addCommand(list(surroundings));
}

type Registration = Options &
  Readonly<{
    name: string;
    country: string;
    gln?: string;
    role: readonly PartyRole[];
    alias?: readonly string[];
  }>;

function register(surroundings: Surroundings): Command {
  const command = verb(
    'register <id>',
    'register a party; in an empty ledger, its first operator',
    'party register house --name "Diamond House" --country CH --role operator',
    'party register antwerp-broker --name "Antwerp Broker NV" --country BE --role dealer',
  )
    .requiredOption('--name <name>', 'its name')
    .requiredOption('--country <code>', 'ISO 3166-1 alpha-2')
    .requiredOption('--role <role>', `${partyRoles.join(', ')}; may be repeated`, gather(roleOf))
    .option('--gln <number>', 'its GS1 Global Location Number')
    .option('--alias <name>', 'another name; may be repeated', gather(String))
    .option(
      '--since <day>',
      'the day its roles hold from: acts are judged at the day they happened',
    );
  return placed(command, surroundings).action((id: string, options: Registration) => {
    const { name, country, gln, role, alias: aliases } = options;
    const known = { ...(gln !== undefined && { gln }), ...(aliases && { aliases }) };
    const facts = { name, country, roles: role, ...known };
    return carryOut(surroundings, options, `registered ${id} as ${role.join(', ')}`, {
      partyId: id,
      opensLedger: role.includes('operator'),
      command: (meta) => ({ type: 'RegisterParty', ...facts, meta }),
      path: '/v1/parties',
      body: { id, ...facts },
    });
  });
}

function grant(surroundings: Surroundings): Command {
  const command = verb(
    'grant <id> <role>',
    'let a party act in a role, from now on or from a day',
    'party grant graff jeweller --since 2024-01-01',
  ).option('--since <day>', 'the day the role holds from');
  return placed(command, surroundings).action((id: string, text: string, options: Options) => {
    const role = roleOf(text);
    return carryOut(surroundings, options, `${id} may act as ${role}`, {
      partyId: id,
      command: (meta) => ({ type: 'GrantRole', role, meta }),
      path: `/v1/parties/${encodeURIComponent(id)}/roles`,
      body: { role },
    });
  });
}

type Withdrawal = Options & Readonly<{ reason: string }>;

function withdraw(surroundings: Surroundings): Command {
  const command = verb(
    'withdraw <id> <role>',
    'end a role of a party, from now on or from a day',
    'party withdraw graff dealer --reason "licence ended"',
  )
    .requiredOption('--reason <text>', 'why')
    .option('--since <day>', 'the day from which the role no longer holds');
  return placed(command, surroundings).action((id: string, text: string, options: Withdrawal) => {
    const role = roleOf(text);
    const { reason } = options;
    return carryOut(surroundings, options, `${id} may no longer act as ${role}`, {
      partyId: id,
      command: (meta) => ({ type: 'WithdrawRole', role, reason, meta }),
      path: `/v1/parties/${encodeURIComponent(id)}/roles/withdraw`,
      body: { role, reason },
    });
  });
}

type Dated = PlaceOptions & Readonly<{ validAt?: string; knownAt?: string }>;

function list({ config, terminal }: Surroundings): Command {
  const command = verb(
    'list',
    'all parties, their roles and since when',
    'party list',
    'party list --valid-at 2024-03-01',
  );
  return withQuestion(withPlace(command, config)).action((options: Dated) => {
    const question = questionOf(options);
    return reading(
      options,
      terminal,
      async ({ store, views }) => {
        const now = await allParties(views);
        const then = now.map(({ id }) => partyStream(id));
        const asked = question && (await listedAt(store, [partiesKept], then, question, today()));
        const parties = asked ? await allParties(asked) : now;
        if (options.json) return terminal.data(json(parties));
        for (const { id, name, country, roles: held } of parties) {
          const lasting = held.filter(({ until }) => until === null);
          const shown = lasting
            .map(({ role, from }) => `${role} since ${shownWhen(from)}`)
            .join(', ');
          terminal.say(`${id}  ${name} (${country})  ${shown === '' ? 'no role' : shown}`);
        }
      },
      question,
    );
  });
}

function placed(command: Command, { config }: Surroundings): Command {
  return withRemote(withPlace(command, config));
}

async function carryOut(
  { config, terminal }: Surroundings,
  options: Options,
  told: string,
  wanted: PartyAct,
): Promise<void> {
  await act(options, config, wanted);
  if (options.json) terminal.data(json({ party: wanted.partyId, done: told }));
  else terminal.say(told);
}
