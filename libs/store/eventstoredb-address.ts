import { readFileSync } from 'node:fs';
import { BadAddress } from '#libs/store/errors';

/** Who the ledger is for the server. Never part of any text. */
export type Credentials = Readonly<{ username: string; password: string }>;

export type Host = Readonly<{ address: string; port: number }>;

/** An `esdb:` address taken apart. */
export type ServerAddress = Readonly<{
  hosts: readonly Host[];
  /** The one host names a cluster in DNS. */
  discover: boolean;
  tls: boolean;
  /** PEM, to trust instead of the system's authorities; and to prove who this client is. */
  ca?: Buffer;
  certificate?: Readonly<{ chain: Buffer; key: Buffer }>;
  credentials?: Credentials;
  /** What stands before every stream's name: several ledgers can share a server. */
  prefix: string;
  /** For logs and errors: the hosts, and no secret. */
  shown: string;
  settings: Readonly<{
    connectionName?: string;
    keepAliveInterval?: number;
    keepAliveTimeout?: number;
    maxDiscoverAttempts?: number;
    discoveryInterval?: number;
  }>;
}>;

const form = /^esdb(\+discover)?:\/\/(?:([^/?#]*)@)?([^/?#@]*)\/?(?:\?([^#@]*))?$/;
const hostForm = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?$/i;
const defaultPort = 2113;
const mostHosts = 32;

const known = [
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
  'nodePreference',
  'connectionName',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'discoveryInterval',
  'prefix',
] as const;

type Known = (typeof known)[number];
type Options = Readonly<Partial<Record<Known, string>>>;

/**
 * Takes `esdb://[user:password@]host[:port][,host…][?option=value…]` apart (`esdb+discover://` for
 * a cluster found by DNS). The client prints whole addresses, password and all, when it meets an
 * option it does not know: so it is never given one. Throws {@link BadAddress}, which names an
 * option at most. `credentials` stand in for those in the address.
 */
export function parseAddress(url: string, credentials?: Credentials): ServerAddress {
  const parts = form.exec(url);
  if (!parts) {
    throw new BadAddress(
      'an esdb: address is esdb://HOST:PORT,…?option=value; write / ? # @ in user and password as %XX',
    );
  }
  const [, discover, user, authority = '', query = ''] = parts;
  const hosts = hostsOf(authority);
  const options = optionsOf(query);
  const tls = flag(options, 'tls') ?? true;
  const who = credentials ?? (user === undefined ? undefined : credentialsOf(user));
  if (who && !tls) throw new BadAddress('credentials are only sent over TLS, and tls is false');
  if (!tls && (options.tlsCAFile || options.userCertFile || options.userKeyFile)) {
    throw new BadAddress('certificates are given, and tls is false');
  }
  if (options.nodePreference !== undefined && options.nodePreference !== 'leader') {
    throw new BadAddress('option nodePreference must be leader: other nodes lag behind');
  }
  const ca = fileOf(options, 'tlsCAFile');
  const certificate = certificateOf(options);
  return {
    hosts,
    discover: discover !== undefined,
    tls,
    ...(ca && { ca }),
    ...(certificate && { certificate }),
    ...(who && { credentials: who }),
    prefix: prefixOf(options),
    shown: `esdb${discover ?? ''}://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`,
    settings: settingsOf(options),
  };
}

function hostsOf(authority: string): readonly Host[] {
  const texts = authority.split(',');
  if (texts.length > mostHosts) throw new BadAddress(`more than ${mostHosts} hosts`);
  return texts.map((text) => {
    const [, address, port] = hostForm.exec(text) ?? [];
    const number = Number(port ?? defaultPort);
    if (address === undefined || number < 1 || number > 65_535) {
      throw new BadAddress('a host in the esdb: address cannot be read');
    }
    return { address, port: number };
  });
}

function credentialsOf(user: string): Credentials {
  const colon = user.indexOf(':');
  if (colon < 1) throw new BadAddress('credentials in an esdb: address are user:password');
  const username = decoded(user.slice(0, colon));
  return { username, password: decoded(user.slice(colon + 1)) };
}

function optionsOf(query: string): Options {
  const options: Partial<Record<Known, string>> = {};
  for (const text of query.split('&')) {
    if (text === '') continue;
    const [name = '', value = ''] = text.split('=', 2);
    const option = known.find((each) => each.toLowerCase() === name.toLowerCase());
    if (!option) {
      const named = /^[a-z]{1,40}$/i.test(name) ? `option ${name}` : 'an option';
      throw new BadAddress(`${named} of the esdb: address is not one of ${known.join(', ')}`);
    }
    if (options[option] !== undefined) throw new BadAddress(`option ${option} is given twice`);
    options[option] = decoded(value);
  }
  return options;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadAddress('a %XX in the esdb: address cannot be read');
  }
}

function flag(options: Options, name: Known): boolean | undefined {
  const value = options[name]?.toLowerCase();
  if (value === undefined || value === 'true' || value === 'false') {
    return value === undefined ? undefined : value === 'true';
  }
  throw new BadAddress(`option ${name} must be true or false`);
}

function count(options: Options, name: Known, least: number): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least) return value;
  throw new BadAddress(`option ${name} must be a whole number from ${least} on`);
}

/** Letters and digits: no prefix can then be taken for a category, nor for a part of another. */
function prefixOf({ prefix }: Options): string {
  if (prefix === undefined || prefix === '') return '';
  if (/^[a-z0-9]{1,40}$/.test(prefix)) return `${prefix}.`;
  throw new BadAddress('option prefix must be 1 to 40 lower-case letters and digits');
}

function settingsOf(options: Options): ServerAddress['settings'] {
  const { connectionName } = options;
  if (connectionName !== undefined && !/^[\x21-\x7e]{1,100}$/.test(connectionName)) {
    throw new BadAddress('option connectionName must be printable ASCII without spaces');
  }
  const numbers = {
    keepAliveInterval: count(options, 'keepAliveInterval', 10_000),
    keepAliveTimeout: count(options, 'keepAliveTimeout', 1000),
    maxDiscoverAttempts: count(options, 'maxDiscoverAttempts', 1),
    discoveryInterval: count(options, 'discoveryInterval', 1),
  };
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return { ...(connectionName !== undefined && { connectionName }), ...Object.fromEntries(given) };
}

function certificateOf(options: Options): ServerAddress['certificate'] {
  const chain = fileOf(options, 'userCertFile');
  const key = fileOf(options, 'userKeyFile');
  if (chain && key) return { chain, key };
  if (!chain && !key) return undefined;
  throw new BadAddress('options userCertFile and userKeyFile are given together');
}

function fileOf(options: Options, name: Known): Buffer | undefined {
  const path = options[name];
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    throw new BadAddress(`the file of option ${name} cannot be read`, { cause: error });
  }
}
