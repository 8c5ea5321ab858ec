import { Client } from 'pg';
import type { Office } from '#libs/views/office';
import { unavailable } from '#libs/views/postgres-errors';
import type { Step } from '#libs/views/transact';

/** In ms: how often it is made sure that the office is still held, and how long that may take. */
const heartbeat = 1_000;
const patience = 4_000;

/** How soon the server finds a silent holder gone, in seconds, so that another can take over. */
const silence = { tcp_keepalives_idle: 2, tcp_keepalives_interval: 1, tcp_keepalives_count: 3 };

/** The table of offices, and the number of the advisory lock of the first; any nobody else takes. */
const table = 'view_offices';
const lockClass = 7_235_417;

/**
 * Takes the office of that name when nobody holds it; `undefined` when somebody does. It is held by
 * an advisory lock of a connection of its own, so it is free again the moment its holder is gone.
 * One that does not know yet that it lost the office is kept out by its token: see {@link fence}.
 * Throws `ViewsUnavailable`.
 */
export async function takePostgresOffice(url: string, name: string): Promise<Office | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: `adamant ${name}`,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    keepAlive: true,
  });
  const lost = new AbortController();
  const lose = () => lost.abort();
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.connect();
    if (!(await lock(client, name))) {
      await client.end();
      return undefined;
    }
    const token = await nextToken(client, name);
    const beat = setInterval(() => void client.query('select 1').catch(lose), heartbeat);
    lost.signal.addEventListener('abort', () => {
      clearInterval(beat);
      void client.end().catch(() => undefined);
    });
    return { name, token, lost: lost.signal, resign };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw unavailable(`postgres://${client.host}:${client.port}/${client.database}`, error);
  }

  async function resign(): Promise<void> {
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    lose();
    await ended;
  }
}

async function lock(client: Client, name: string): Promise<boolean> {
  for (const [setting, value] of Object.entries(silence)) {
    await client.query(`set ${setting} = ${value}`);
  }
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as held',
    [lockClass, name],
  );
  return rows[0]?.held === true;
}

async function nextToken(client: Client, name: string): Promise<bigint> {
  await client.query(
    `create table if not exists ${table} (name text primary key, token bigint not null)`,
  );
  const { rows } = await client.query<{ token: string }>(
    `insert into ${table} (name, token) values ($1, 1)
     on conflict (name) do update set token = ${table}.token + 1 returning token`,
    [name],
  );
  return BigInt(rows[0]?.token ?? 0);
}

/** The step by which a transaction is void unless the office is still held by its last taker. */
export function fence({ name, token }: Office): Step {
  const sql = `update ${table} set token = token where name = $1 and token = $2`;
  return { sql, parameters: [name, token], changesOne: true };
}
