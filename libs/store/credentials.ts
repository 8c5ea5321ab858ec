import { readFileSync } from 'node:fs';
import { BadAddress } from '#libs/store/errors';
import type { Credentials } from '#libs/store/eventstoredb-address';

/** Settings by these names; empty means unset. */
export type CredentialSettings = Readonly<{
  LEDGER_USER?: string | undefined;
  LEDGER_PASSWORD?: string | undefined;
  LEDGER_PASSWORD_FILE?: string | undefined;
}>;

/**
 * Who the ledger's server is told that this is: LEDGER_USER with LEDGER_PASSWORD, or with the first
 * line of LEDGER_PASSWORD_FILE. Throws {@link BadAddress}, which names a setting and no value.
 */
export function credentialsFrom(settings: CredentialSettings): Credentials | undefined {
  const { LEDGER_USER: username, LEDGER_PASSWORD: said, LEDGER_PASSWORD_FILE: file } = settings;
  if (said && file)
    throw new BadAddress('LEDGER_PASSWORD and LEDGER_PASSWORD_FILE exclude each other');
  const password = file ? firstLine(file) : said;
  if (!username && !password) return undefined;
  if (!username) throw new BadAddress('LEDGER_USER is missing beside the password');
  if (!password) throw new BadAddress('LEDGER_USER wants LEDGER_PASSWORD or LEDGER_PASSWORD_FILE');
  return { username, password };
}

function firstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw new BadAddress('the file LEDGER_PASSWORD_FILE names cannot be read', { cause: error });
  }
}
