import { CommanderError } from 'commander';

/** The command cannot be done; `exit` is 2 for a wrong command line, 1 for anything else. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly exit: 1 | 2;

  constructor(code: string, message: string, exit: 1 | 2 = 1) {
    super(message);
    this.code = code;
    this.exit = exit;
  }
}

export function usage(message: string): Failure {
  return new Failure('usage', message, 2);
}

/** One line for the user and the process's exit code; `undefined` when nothing went wrong. */
export function failureOf(error: unknown): Readonly<{ line: string; exit: number }> | undefined {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return undefined;
    if (error.code === 'commander.help') {
      return { line: lineOf('usage', 'a verb is missing: --help lists them'), exit: 2 };
    }
    return { line: lineOf('usage', error.message.replace(/^error: /, '')), exit: 2 };
  }
  if (error instanceof Failure)
    return { line: lineOf(error.code, error.message), exit: error.exit };
  if (error instanceof Error) return { line: lineOf(codeOf(error), error.message), exit: 1 };
  return { line: lineOf('internal', String(error)), exit: 1 };
}

/** Errors of the ledger, of views and of the system carry a code; what has none is a bug. */
function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code.toLowerCase() : 'internal';
}

/** Stays one line whatever a message or a name from outside holds. */
function lineOf(code: string, message: string): string {
  return `error: ${code}: ${message.replace(/\p{Cc}+/gu, ' ').trim()}`;
}
