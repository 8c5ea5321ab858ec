import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { command } from '#apps/stand-in/command';
import type { StandInOptions } from '#apps/stand-in/options';
import { startStandIn } from '#apps/stand-in/stand-in';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '2113' },
    data: { type: 'string' },
    nodes: { type: 'string', default: '1' },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    user: { type: 'string' },
    'password-file': { type: 'string' },
    'max-append-size': { type: 'string' },
  },
});

function whole(name: 'port' | 'nodes' | 'max-append-size'): number {
  const text = values[name] ?? '';
  if (!/^\d+$/.test(text)) throw new TypeError(`--${name} is not a whole number`);
  return Number(text);
}

function options(): StandInOptions {
  const { data, user, 'tls-cert': cert, 'tls-key': key, 'password-file': secret } = values;
  if ((cert === undefined) !== (key === undefined)) {
    throw new TypeError('--tls-cert and --tls-key belong together');
  }
  if ((user === undefined) !== (secret === undefined)) {
    throw new TypeError('--user and --password-file belong together');
  }
  return {
    port: whole('port'),
    nodes: whole('nodes'),
    ...(data === undefined ? {} : { data }),
    ...(values['max-append-size'] === undefined ? {} : { maxAppendSize: whole('max-append-size') }),
    ...(cert !== undefined && key !== undefined
      ? { tls: { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } }
      : {}),
    ...(user !== undefined && secret !== undefined
      ? { credentials: { username: user, password: readFileSync(secret, 'utf8').trimEnd() } }
      : {}),
  };
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const standIn = await startStandIn(options());
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => void standIn.stop().then(() => process.exit(0)));
}
say({ url: standIn.url, ports: standIn.ports });

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const done = await command(standIn, line);
    say(done);
    if (done.stopped) process.exit(0);
  } catch (error) {
    say({ error: String(error) });
  }
}
