import { afterAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAddress } from '#libs/store/eventstoredb-address';
import { readCompose, sourceOf } from '#test/support/compose-file';

const file = 'docker-compose.cluster.yml';
const variables = {
  LEDGER_NAME: 'ledger.example/diamonds',
  LEDGER_PASSWORD: 'a1b2',
  VIEWS_PASSWORD: 'b1c2',
  KURRENTDB_ADMIN_PASSWORD: 'c1d2',
  KURRENTDB_OPS_PASSWORD: 'd1e2',
  KURRENTDB_UID: String(process.getuid?.() ?? 0),
};
const compose = readCompose(file, variables);
const nodes = ['node1', 'node2', 'node3'].map((name) => {
  const { networks = {}, environment = {}, volumes = [], ports } = compose.services[name] ?? {};
  return { name, ip: networks['cluster']?.ipv4_address ?? '', environment, volumes, ports };
});
const { environment: ledger = {}, volumes: mounted = [] } = compose.services['ledger1'] ?? {};
const folder = mkdtempSync(join(tmpdir(), 'adamant-cluster-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the cluster', () => {
  it('is started with secrets of its own only', () => {
    for (const name of Object.keys(variables).filter((each) => each !== 'KURRENTDB_UID')) {
      expect(() => readCompose(file, { ...variables, [name]: '' })).toThrow(`${name}: choose`);
    }
    const text = sourceOf(file);
    expect(text).not.toMatch(
      /INSECURE|changeit|tls=false|sslmode=(?!verify-full)|--insecure|\b666\b/,
    );
    expect(text).not.toMatch(/PASSWORD: (?!\$\{[A-Z_]+:\?)/);
  });

  it('has three nodes that look for each other, each at an address of its own', () => {
    const [{ subnet } = { subnet: '' }] = compose.networks?.['cluster']?.ipam?.config ?? [];
    const within = subnet.replace(/\.0\/24$/, '.');
    const addresses = Object.values(compose.services).flatMap(
      ({ networks = {} }) => networks['cluster']?.ipv4_address ?? [],
    );
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) {
      expect(isIPv4(address) && address.startsWith(within)).toBe(true);
      expect(address).not.toBe(`${within}1`); // the bridge's own
    }
    for (const { name, ip, environment, ports } of nodes) {
      const others = nodes.filter((node) => node.name !== name);
      expect(environment).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: nodes.length,
        KURRENTDB_DISCOVER_VIA_DNS: 'false',
        KURRENTDB_REPLICATION_IP: ip,
        KURRENTDB_GOSSIP_SEED: others.map((other) => `${other.ip}:2113`).join(),
        KURRENTDB_ADVERTISE_HOST_TO_CLIENT_AS: name,
        KURRENTDB_ADVERTISE_NODE_PORT_TO_CLIENT_AS: 2113,
      });
      expect(ports).toBeUndefined();
    }
    expect(compose.networks?.['cluster']?.internal).toBe(true);
  });

  it('is found by the service under the names in its certificates, and nothing else is', () => {
    const ca = join(folder, 'ca.crt');
    writeFileSync(ca, 'PEM');
    const url = String(ledger['LEDGER_URL']);
    const [, path] = /tlsCAFile=([^&]*)/.exec(url) ?? [];
    expect(mounted).toContain('nodes-ca:/certs/nodes:ro');
    expect(path).toBe('/certs/nodes/ca.crt');
    const address = parseAddress(url.replace(path ?? '', ca));
    expect(address).toMatchObject({ tls: true, ca: Buffer.from('PEM') });
    expect(address.credentials).toBeUndefined();
    expect(address.hosts).toEqual(nodes.map(({ name }) => ({ address: name, port: 2113 })));
  });

  it('reaches its views over a verified connection', () => {
    const { searchParams, hostname, password } = new URL(String(ledger['VIEWS_URL']));
    expect(hostname).toBe('postgres');
    expect([password, ledger['PGPASSWORD']]).toEqual(['', variables.VIEWS_PASSWORD]);
    expect(Object.fromEntries(searchParams)).toEqual({
      sslmode: 'verify-full',
      sslrootcert: '/certs/postgres/ca.crt',
    });
    expect(mounted).toContain('postgres-ca:/certs/postgres:ro');
    expect(compose.services['postgres']?.command).toContain('ssl=on');
  });

  it('has two services that differ in their addresses only', () => {
    const [one, two] = ['ledger1', 'ledger2'].map((name) => compose.services[name]);
    const { ports, networks, ...same } = one ?? {};
    expect(two).toMatchObject(same);
    expect([two?.ports, two?.networks]).not.toEqual([ports, networks]);
  });

  it('lets each key be read where it is used only', () => {
    const holders = (volume: string) =>
      Object.entries(compose.services).flatMap(([name, { volumes = [] }]) =>
        volumes.some((each) => each.startsWith(`${volume}:`)) ? [name] : [],
      );
    expect(holders('certificate-keys')).toEqual(['certificates']);
    for (const name of ['node1', 'node2', 'node3', 'postgres']) {
      expect(holders(`${name}-certificate`).toSorted()).toEqual(['certificates', name]);
    }
    for (const { environment, volumes } of nodes) {
      const mounts = volumes.map((volume) => volume.split(':')[1]);
      for (const [name, value] of Object.entries(environment)) {
        if (!String(value).startsWith('/certs')) continue;
        expect([name, mounts.some((mount) => String(value).startsWith(mount ?? '?'))]).toEqual([
          name,
          true,
        ]);
      }
      expect(
        volumes.filter((volume) => volume.includes('/certs')).every((v) => v.endsWith(':ro')),
      ).toBe(true);
    }
  });
});

/** What the tool of the image does, as far as files go: keys for their owner, certificates for all. */
const tool = `#!/bin/sh
shift_to() { while [ $# -gt 1 ]; do [ "$1" = "$WANTED" ] && echo "$2" && return; shift; done; }
out=$(WANTED=-out shift_to "$@"); name=node; [ "$1" = create-ca ] && name=ca
mkdir -p "$out"; echo "$*" > "$out/$name.crt"; echo key > "$out/$name.key"
chmod 444 "$out/$name.crt"; chmod 400 "$out/$name.key"; echo "$*" >> "$LOG"
`;

describe('the certificates', () => {
  const service = compose.services['certificates'];
  const root = join(folder, 'root');
  const log = join(folder, 'log');

  function make(): void {
    const [shell = '', ...flags] = service?.entrypoint ?? [];
    const [script = ''] = service?.command ?? [];
    const placed = script.replace(
      /(?<![\w./])\/(keys|ca|postgres-ca|postgres|node\d)\b/g,
      `${root}/$1`,
    );
    execFileSync(shell, [...flags, placed], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        LOG: log,
        KURRENTDB_UID: variables.KURRENTDB_UID,
        POSTGRES_UID: variables.KURRENTDB_UID,
      },
    });
  }

  const mode = (path: string) => (statSync(join(root, path)).mode & 0o777).toString(8);

  it('are made once, each key for its owner alone, by the authority it belongs to', () => {
    writeFileSync(join(folder, 'es-gencert-cli'), tool, { mode: 0o755 });
    for (const volume of service?.volumes ?? [])
      mkdirSync(join(root, volume.split(':')[1] ?? ''), { recursive: true });
    make();
    const made = readFileSync(log, 'utf8');
    expect(made.match(/^create-ca/gm)).toHaveLength(2);
    expect(made.match(/^create-node/gm)).toHaveLength(4);
    for (const { name, ip } of nodes) {
      expect([mode(`${name}/node.key`), mode(`${name}/node.crt`)]).toEqual(['400', '444']);
      const certificate = readFileSync(join(root, name, 'node.crt'), 'utf8');
      expect(certificate).toContain(`-dns-names localhost,${name} -ip-addresses 127.0.0.1,${ip}`);
      expect(certificate).toContain(`${root}/keys/nodes/ca.key`);
      expect(readdirSync(join(root, name)).toSorted()).toEqual(['node.crt', 'node.key']);
    }
    const views = readFileSync(join(root, 'postgres', 'node.crt'), 'utf8');
    expect(views).toContain(`${root}/keys/postgres/ca.key`);
    expect(views).toContain('-dns-names localhost,postgres');
    for (const shown of ['ca', 'postgres-ca']) {
      expect(readdirSync(join(root, shown))).toEqual(['ca.crt']);
      expect(mode(`${shown}/ca.crt`)).toBe('444');
    }
    expect([mode('keys/nodes'), mode('keys/nodes/ca.key')]).toEqual(['700', '400']);
  });

  it('are kept when they are there, and completed when one is missing', () => {
    const before = readFileSync(log, 'utf8');
    rmSync(join(root, 'node2', 'node.crt'));
    make();
    const after = readFileSync(log, 'utf8').slice(before.length);
    expect(after.trim().split('\n')).toEqual([expect.stringContaining('localhost,node2')]);
    expect(mode('node2/node.key')).toBe('400');
  });
});

describe('the rights of the service', () => {
  it('are to read and write, never to delete or to limit what is kept', () => {
    const {
      entrypoint = [],
      command: [script = ''] = [],
      environment = {},
    } = compose.services['rights'] ?? {};
    const curl = join(folder, 'curl');
    const asked = join(folder, 'asked');
    writeFileSync(
      curl,
      `#!/bin/sh\nfor a in "$@"; do printf '%s\\0' "$a"; done >> ${asked}\nprintf 201`,
      {
        mode: 0o755,
      },
    );
    const [shell = '', ...flags] = entrypoint;
    execFileSync(shell, [...flags, script], {
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        ...(environment as Record<string, string>),
      },
    });
    const words = readFileSync(asked, 'utf8').split('\0');
    const bodies = words.flatMap((word, i) => (words[i - 1] === '-d' ? [JSON.parse(word)] : []));
    expect(words).toContain('https://node1:2113/users/');
    expect(words.filter((word) => word === '--cacert')).toHaveLength(2);
    const [user, [{ data }]] = bodies;
    expect(user).toMatchObject({ loginName: ledger['LEDGER_USER'], password: 'a1b2', groups: [] });
    const able = (acl: object) =>
      Object.entries(acl).flatMap(([right, who]) =>
        [who].flat().includes('adamant') ? [right] : [],
      );
    expect(able(data.$userStreamAcl)).toEqual(['$r', '$w', '$mr']);
    expect(able(data.$systemStreamAcl)).toEqual(['$r', '$mr']);
    for (const acl of [data.$userStreamAcl, data.$systemStreamAcl]) {
      expect(Object.keys(acl).toSorted()).toEqual(['$d', '$mr', '$mw', '$r', '$w']);
      expect(JSON.stringify(acl)).not.toContain('"$all"');
    }
    writeFileSync(curl, '#!/bin/sh\nprintf 401', { mode: 0o755 });
    expect(() =>
      execFileSync(shell, [...flags, script], {
        env: {
          PATH: `${folder}:${process.env['PATH'] ?? ''}`,
          ADMIN_PASSWORD: 'x',
          LEDGER_PASSWORD: 'y',
        },
        stdio: 'pipe',
      }),
    ).toThrow('users/: 401');
  });
});
