import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';

type Variables = Readonly<Record<string, string | undefined>>;

/** A whole number written in digits; anything else stays text and is refused by `IsInt`. */
function Count(least: number, most: number): PropertyDecorator {
  return (target, key) => {
    Transform(({ value }) => (/^\d{1,15}$/.test(String(value)) ? Number(value) : value))(
      target,
      key,
    );
    IsInt()(target, key);
    Min(least)(target, key);
    Max(most)(target, key);
  };
}

/** `true` or `false`, nothing looser: a mistyped flag must not open anything. */
function Flag(): PropertyDecorator {
  return (target, key) => {
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))(
      target,
      key,
    );
    IsBoolean()(target, key);
  };
}

/**
 * Everything the operator can set, by environment variable of the same name. Only
 * {@link readConfig} fills it in; nothing else reads the environment.
 */
export class Config {
  /**
   * Where the ledger is kept: `sqlite:PATH`, or `esdb://HOST:PORT,…?tls=true&tlsCAFile=PATH` (or
   * `esdb+discover://NAME`) for EventStoreDB. A wrong one opens another, empty ledger: look at the
   * position in `/health/ready` after every change.
   */
  @IsString()
  @Matches(/^(?:sqlite:|esdb(?:\+discover)?:\/\/).+$/, {
    message: 'LEDGER_URL must be sqlite:PATH or esdb://HOST:PORT',
  })
  readonly LEDGER_URL: string = 'sqlite:data/ledger.db';

  /**
   * The log's name; it stands in every statement and must never change: a ledger opened under
   * another name would go on in a second log that nobody's proofs cover.
   */
  @IsString()
  @Length(1, 100)
  @Matches(/^[\x21-\x7e]+$/, { message: 'LEDGER_NAME must be printable ASCII without spaces' })
  readonly LEDGER_NAME: string = 'adamant.local/ledger';

  /**
   * Who the service is for EventStoreDB, and its password or the file with it in the first line. The
   * user must read `$all` and must not be able to delete streams or to write their metadata.
   */
  @IsString()
  readonly LEDGER_USER: string = '';

  @IsString()
  readonly LEDGER_PASSWORD: string = '';

  @IsString()
  readonly LEDGER_PASSWORD_FILE: string = '';

  /**
   * Where views are kept: `sqlite:PATH`, or `postgres://USER@HOST/DATABASE`, which any number of
   * services share (the password from `PGPASSWORD` or `PGPASSFILE`, or in the address). They can be
   * rebuilt; what is lost costs time, no fact.
   */
  @IsString()
  @Matches(/^(?:sqlite:|postgres(?:ql)?:\/\/).+$/, {
    message: 'VIEWS_URL must be sqlite:PATH or postgres://HOST/DATABASE',
  })
  readonly VIEWS_URL: string = 'sqlite:data/views.db';

  /**
   * Folder with files of dated facts (`mines.json`, `kp-participants.json`, `warranties.json` …) that
   * take the place of those of their names in this build. A file with a fault stops the start; one
   * that says something wrong is believed, and named by its SHA-256 in what rests on it.
   */
  @IsString()
  readonly REFERENCE_DIR: string = '';

  /** Address to listen on. `0.0.0.0` shows the service to the whole network: put TLS before it. */
  @IsString()
  @Length(1, 255)
  readonly HOST: string = '127.0.0.1';

  /** Port to listen on; 0 takes any free one. */
  @Count(0, 65535)
  readonly PORT: number = 3000;

  /** `debug` writes one line a request; keys and secrets are never written at any level. */
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  readonly LOG_LEVEL: string = 'info';

  /** `true` lets anyone read every stone, party and price without a key. Writes always need one. */
  @Flag()
  readonly PUBLIC_READS: boolean = false;

  /** `true` lets anyone read `/metrics`; they tell how much is traded. */
  @Flag()
  readonly PUBLIC_METRICS: boolean = false;

  /** Largest request body in bytes. An event may take 48 kB; more only feeds attackers. */
  @Count(1024, 1_048_576)
  readonly BODY_LIMIT: number = 65_536;

  /** Longest wait in ms of a read for `?at-least=POSITION`; then it is answered 503. */
  @Count(0, 60_000)
  readonly WAIT_LIMIT: number = 5_000;

  /** How long in ms the views may stay behind before `/health/ready` says no. */
  @Count(100, 600_000)
  readonly LAG_LIMIT: number = 10_000;

  /** Most live event streams at once; each holds a connection and follows the log. */
  @Count(1, 10_000)
  readonly LIVE_LIMIT: number = 100;

  /** Pause in ms between heartbeats of a live stream; proxies cut silent connections. */
  @Count(100, 600_000)
  readonly HEARTBEAT: number = 15_000;
}

/** A setting is wrong; the message is one line that names it. */
export class BadConfig extends Error {
  override readonly name = 'BadConfig';
  readonly code = 'bad-config';
}

/** Takes the known settings out of the environment; throws {@link BadConfig}. Empty means unset. */
export function readConfig(variables: Variables): Config {
  const known = Object.keys(new Config());
  const given = known.flatMap((name) => (variables[name] ? [[name, variables[name]]] : []));
  const config = plainToInstance(Config, Object.fromEntries(given), { exposeDefaultValues: true });
  const faults = validateSync(config).flatMap(({ constraints }) =>
    Object.values(constraints ?? {}).slice(0, 1),
  );
  if (faults.length > 0) throw new BadConfig(`${faults.join('; ')}`);
  return config;
}
