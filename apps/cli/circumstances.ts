import type { Command } from 'commander';
import { dayOf } from '#apps/cli/as-known';
import { usage } from '#apps/cli/failure';
import { acts, procedures, uses } from '#libs/rulebook/facts';
import type { Act, Circumstances } from '#libs/rulebook/facts';

export type CircumstanceOptions = Readonly<{
  act: string;
  use?: string;
  procedure?: string;
  contract?: string;
}>;

/** Adds what only who asks can say of the act. */
export function withCircumstances(command: Command): Command {
  return command
    .option('--act <act>', `what is to be done: ${acts.join(', ')}`, 'import')
    .option('--use <use>', `what for: ${uses.join(', ')} (default: commercial)`)
    .option('--procedure <procedure>', `a customs procedure: ${procedures.join(', ')}`)
    .option('--contract <day>', 'the day of the contract, YYYY-MM-DD');
}

/** Reads them; throws a usage {@link Failure} for what is none of the words, or no day. */
export function circumstancesOf({ act, use, procedure, contract }: CircumstanceOptions): Readonly<{
  act: Act;
  circumstances: Circumstances;
}> {
  return {
    act: oneOf('--act', acts, act),
    circumstances: {
      ...(use !== undefined && { use: oneOf('--use', uses, use) }),
      ...(procedure !== undefined && { procedure: oneOf('--procedure', procedures, procedure) }),
      ...(contract !== undefined && { contractOn: dayOf('--contract', contract) }),
    },
  };
}

function oneOf<T extends string>(option: string, words: readonly T[], text: string): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw usage(`${option} takes ${words.join(', ')}, not “${text}”`);
  return found;
}
