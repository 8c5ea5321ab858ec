import { Command } from 'commander';
import type { Config } from '#apps/cli/config';
import type { Question } from '#libs/views/as-known';
import type { DataPlace } from '#apps/cli/data-place';
import type { Terminal } from '#apps/cli/terminal';

/** What every verb is given. */
export type Surroundings = Readonly<{ config: Config; terminal: Terminal }>;

/** Options of every verb. */
export type CommonOptions = Readonly<{ json?: true }>;

/** Options of every verb that opens a ledger. */
export type PlaceOptions = CommonOptions & DataPlace;

/** A verb with its help; `example` is a command line that works. */
export function verb(usage: string, does: string, ...examples: readonly string[]): Command {
  const [name = '', ...expected] = usage.split(' ');
  const shown = examples.map((example) => `  $ adamant ${example}`).join('\n');
  const command = new Command(name)
    .description(does)
    .option('--json', 'print JSON for machines')
    .addHelpText('after', `\nExample${examples.length === 1 ? '' : 's'}:\n${shown}`);
  for (const argument of expected) command.argument(argument);
  return command;
}

/**
 * Adds where the ledger is: in the folder, or on the server that LEDGER_URL names unless a folder
 * is said. The server's address and credentials are no options: a command line shows.
 */
export function withPlace(command: Command, config: Config): Command {
  const { data, ledgerName } = config;
  return withServer(command, config)
    .option('--data <dir>', 'folder of ledger.db and views.db (ADAMANT_DATA)', data)
    .option('--ledger-name <name>', 'name of the log (LEDGER_NAME)', ledgerName);
}

/** Gives the action the servers that LEDGER_URL and VIEWS_URL name, unless a folder is said. */
export function withServer(command: Command, config: Config): Command {
  const { ledgerUrl, viewsUrl, credentials } = config;
  return command.hook('preAction', () => {
    if (command.getOptionValueSource('data') === 'cli') return;
    if (viewsUrl !== undefined) command.setOptionValue('views', viewsUrl);
    if (ledgerUrl === undefined) return;
    command.setOptionValue('server', { url: ledgerUrl, credentials: credentials() });
  });
}

/** Adds the two questions about the past. */
export function withQuestion(command: Command): Command {
  return command
    .option('--valid-at <day>', 'what had happened by that day, YYYY-MM-DD')
    .option('--known-at <day|position>', 'what the ledger knew by that UTC day or position');
}

/** How an answer about the past is headed; empty for the present. */
export function askedOf(question: Question | undefined): string {
  if (!question) return '';
  const { validAt, knownAt } = question;
  const valid = validAt === undefined ? [] : [`by ${validAt}`];
  const known = knownAt
    ? [`as known at ${'day' in knownAt ? knownAt.day : `position ${knownAt.position}`}`]
    : [];
  return `, ${[...valid, ...known].join(', ')}`;
}

/** A verb of verbs. */
export function group(name: string, does: string, example: string): Command {
  return new Command(name)
    .description(does)
    .addHelpText('after', `\nExample:\n  $ adamant ${example}`);
}

/** Adds who acts, and where to when a service holds the ledger. */
export function withRemote(command: Command): Command {
  return command
    .option('--as <party>', 'the operator that acts (default: the one that opened the ledger)')
    .option('--url <url>', 'act through the service there (ADAMANT_URL)')
    .option('--key <key>', 'API key for the service; ADAMANT_KEY is safer');
}
