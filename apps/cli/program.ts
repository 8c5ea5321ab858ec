import { Command } from 'commander';
import type { Option } from 'commander';
import { readConfig } from '#apps/cli/config';
import { failureOf, usage } from '#apps/cli/failure';
import { terminal } from '#apps/cli/terminal';
import type { Surroundings } from '#apps/cli/verb';

/** Runs one command line (without node and script) and answers the exit code: 0, 1 or, for usage, 2. */
export async function run(words: readonly string[]): Promise<number> {
  endQuietlyWithTheReader();
  return runIn(words, { config: readConfig(process.env), terminal: terminal() });
}

/** The same in surroundings of the caller's. */
export async function runIn(words: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const { referenceDir } = surroundings.config;
    if (referenceDir !== '') {
      (await import('#libs/ledger/reference-folder')).useReferenceFolder(referenceDir);
    }
    const program = await programOf(words, surroundings);
    await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const failure = failureOf(error);
    if (failure) surroundings.terminal.note(failure.line);
    return failure?.exit ?? 0;
  }
}

type Make = (surroundings: Surroundings) => Command;

/** In the order of the help. A verb is loaded when it is wanted: it starts sooner so. */
const verbs: Readonly<Record<string, () => Promise<Make>>> = {
  demo: async () => (await import('#apps/cli/verbs/demo')).demoVerb,
  serve: async () => (await import('#apps/cli/verbs/serve')).serveVerb,
  history: async () => (await import('#apps/cli/verbs/history')).historyVerb,
  state: async () => (await import('#apps/cli/verbs/state')).stateVerb,
  lineage: async () => (await import('#apps/cli/verbs/lineage')).lineageVerb,
  sanctions: async () => (await import('#apps/cli/verbs/sanctions')).sanctionsVerb,
  flags: async () => (await import('#apps/cli/verbs/flags')).flagsVerb,
  statistics: async () => (await import('#apps/cli/verbs/statistics')).statisticsVerb,
  find: async () => (await import('#apps/cli/verbs/find')).findVerb,
  document: async () => (await import('#apps/cli/verbs/document')).documentVerb,
  append: async () => (await import('#apps/cli/verbs/append')).appendVerb,
  rebuild: async () => (await import('#apps/cli/verbs/rebuild')).rebuildVerb,
  copy: async () => (await import('#apps/cli/verbs/copy')).copyVerb,
  fsck: async () => (await import('#apps/cli/verbs/fsck')).fsckVerb,
  backup: async () => (await import('#apps/cli/verbs/backup')).backupVerb,
  restore: async () => (await import('#apps/cli/verbs/restore')).restoreVerb,
  reference: async () => (await import('#apps/cli/verbs/reference')).referenceVerb,
  generate: async () => (await import('#apps/cli/verbs/generate')).generateVerb,
  party: async () => (await import('#apps/cli/verbs/party')).partyVerb,
  key: async () => (await import('#apps/cli/verbs/key')).keyVerb,
  preflight: async () => (await import('#apps/cli/verbs/preflight')).preflightVerb,
  rules: async () => (await import('#apps/cli/verbs/rules')).rulesVerb,
  conform: async () => (await import('#apps/cli/verbs/conform')).conformVerb,
  bench: async () => (await import('#apps/cli/verbs/bench')).benchVerb,
};

async function programOf([wanted = '']: readonly string[], surroundings: Surroundings) {
  const program = new Command('adamant')
    .description('A provenance ledger for diamonds, from the mine to the sale')
    .addHelpText('after', '\nExample:\n  $ adamant demo');
  const one = Object.hasOwn(verbs, wanted) ? verbs[wanted] : undefined;
  for (const load of one ? [one] : Object.values(verbs)) {
    const make = await load();
    program.addCommand(make(surroundings));
  }
  speakThrough(program, surroundings);
  return program;
}

/** Errors are thrown, never printed by the parser: one line is printed, in one place. */
function speakThrough(command: Command, surroundings: Surroundings): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => surroundings.terminal.data(text.replace(/\n$/, '')),
    writeErr: () => undefined,
    outputError: () => undefined,
  });
  for (const option of command.options) refuseTwice(command, option);
  for (const inner of command.commands) speakThrough(inner, surroundings);
}

/** One of two answers would be passed over. What may be repeated is read with what came before. */
function refuseTwice(command: Command, option: Option): void {
  if (option.parseArg !== undefined && option.parseArg.length > 1) return;
  let count = 0;
  command.on(`option:${option.name()}`, () => {
    count += 1;
    if (count > 1) throw usage(`${option.long} stands twice`);
  });
}

/** `adamant history … | head`: a reader that went away is no error; what the verb found still tells. */
function endQuietlyWithTheReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}
