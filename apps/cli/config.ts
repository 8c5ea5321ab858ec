import { credentialsFrom } from '#libs/store/credentials';
import type { Credentials } from '#libs/store/eventstoredb-address';
import { isServer } from '#libs/store/open-store';
import { isDatabase } from '#libs/views/open-views';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment says where the command line is silent. Nothing else reads it. */
export type Config = Readonly<{
  /**
   * `ADAMANT_DATA`: the folder with `ledger.db` and `views.db`. A wrong one shows another ledger,
   * or none.
   */
  data: string;
  /** `LEDGER_URL`, where it names a server: the ledger is there, and `data` holds its views. */
  ledgerUrl: string | undefined;
  /** `VIEWS_URL`, where it names a PostgreSQL database: the views are there, not in `data`. */
  viewsUrl: string | undefined;
  /** `LEDGER_USER`, `LEDGER_PASSWORD` or `LEDGER_PASSWORD_FILE`. Throws `BadAddress`. */
  credentials: () => Credentials | undefined;
  /** `LEDGER_NAME`: the log's name as in the service's configuration; an existing one never changes. */
  ledgerName: string;
  /** `ADAMANT_URL`: the service to talk to when it holds the ledger. */
  url: string;
  /** `ADAMANT_KEY`: the API key for that. A command line shows in the list of processes, this not. */
  key: string | undefined;
  /** `REFERENCE_DIR`: files of dated facts in the place of those of this build. Empty: none. */
  referenceDir: string;
  /** All of it, for the processes this one starts. */
  variables: Variables;
}>;

/** Empty means unset. */
export function readConfig(variables: Variables): Config {
  return {
    data: variables['ADAMANT_DATA'] || 'data',
    ledgerUrl: isServer(variables['LEDGER_URL'] ?? '') ? variables['LEDGER_URL'] : undefined,
    viewsUrl: isDatabase(variables['VIEWS_URL'] ?? '') ? variables['VIEWS_URL'] : undefined,
    credentials: () => credentialsFrom(variables),
    ledgerName: variables['LEDGER_NAME'] || 'adamant.local/ledger',
    url: variables['ADAMANT_URL'] || 'http://127.0.0.1:3000',
    key: variables['ADAMANT_KEY'] || undefined,
    referenceDir: variables['REFERENCE_DIR'] || '',
    variables,
  };
}
