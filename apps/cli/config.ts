type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment says where the command line is silent. Nothing else reads it. */
export type Config = Readonly<{
  /**
   * `ADAMANT_DATA`: the folder with `ledger.db` and `views.db`. A wrong one shows another ledger,
   * or none.
   */
  data: string;
  /** `LEDGER_NAME`: the log's name as in the service's configuration; an existing one never changes. */
  ledgerName: string;
  /** `ADAMANT_URL`: the service to talk to when it holds the ledger. */
  url: string;
  /** `ADAMANT_KEY`: the API key for that. A command line shows in the list of processes, this not. */
  key: string | undefined;
  /** All of it, for the processes this one starts. */
  variables: Variables;
}>;

/** Empty means unset. */
export function readConfig(variables: Variables): Config {
  return {
    data: variables['ADAMANT_DATA'] || 'data',
    ledgerName: variables['LEDGER_NAME'] || 'adamant.local/ledger',
    url: variables['ADAMANT_URL'] || 'http://127.0.0.1:3000',
    key: variables['ADAMANT_KEY'] || undefined,
    variables,
  };
}
