import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';
import { runCli } from '#test/support/cli-in-process';
import { withNewPrefix } from '#test/support/eventstoredb';

const real = process.env['TEST_EVENTSTORE_URL'];

let standIn: StandIn | undefined;
let folder: string;
let variables: { LEDGER_URL: string; ADAMANT_DATA: string };
let service: Service | undefined;

beforeAll(async () => {
  if (!real) standIn = await startStandIn();
  folder = await mkdtemp(join(tmpdir(), 'adamant-'));
  const url = withNewPrefix(real ?? standIn?.url ?? '');
  variables = { LEDGER_URL: url, ADAMANT_DATA: join(folder, 'data') };
});
afterEach(async () => {
  await service?.close();
  service = undefined;
});
afterAll(async () => {
  await standIn?.stop();
  await rm(folder, { recursive: true });
});

describe('with LEDGER_URL naming a server', () => {
  it('adamant demo and adamant history tell the same lives as from a file', async () => {
    const there = await runCli(['demo', '--json'], variables);
    const here = await runCli(['demo', '--json', '--data', join(folder, 'file')], variables);
    expect([there.err, there.code]).toEqual([[], 0]);
    const told = (out: string) =>
      (JSON.parse(out) as { stones: { stone: string; name: string; verdicts: unknown }[] }).stones;
    expect(told(there.out).map(({ stone, name }) => [stone, name])).toEqual(
      told(here.out).map(({ stone, name }) => [stone, name]),
    );
    expect(told(there.out).map(({ verdicts }) => verdicts)).toEqual(
      told(here.out).map(({ verdicts }) => verdicts),
    );
    const history = await runCli(['history', 'new-sun'], variables);
    const before = await runCli(['history', 'new-sun', '--data', join(folder, 'file')], variables);
    expect(history).toEqual(before);
    expect(history.out).toContain('New Sun');
    expect((await readdir(variables.ADAMANT_DATA)).join(' ')).not.toContain('ledger.db');
  });

  it('adamant demo does not touch a ledger that has events', async () => {
    const again = await runCli(['demo'], variables);
    expect([again.code, again.err.join()]).toEqual([1, expect.stringContaining('ledger-exists')]);
  });

  it('no error shows the password of the address', async () => {
    for (const address of [
      'esdb://ada:se%63ret-pa55@127.0.0.1:1?tlsVerifyCert=false',
      'esdb://ada:secret-pa55@127.0.0.1:1?tls=false',
      'esdb://ada:secret-pa55?x@127.0.0.1:1',
      'esdb://ada:secret-pa55',
    ]) {
      const { code, out, err } = await runCli(['history', 'new-sun'], {
        ...variables,
        LEDGER_URL: address,
      });
      expect(code).toBe(1);
      expect(`${out} ${err.join(' ')}`).not.toMatch(/pa55|se%63ret/);
    }
  });

  it('the service records, serves and goes on after a restart', async () => {
    service = await serve({ LEDGER_URL: withNewPrefix(real ?? standIn?.url ?? '') });
    await service.ready();
    const miner = await service.party('mine-co', ['producer']);
    const id = `sun-${Date.now().toString(36)}`;
    const mined = await miner.post(`/v1/stones/${id}/recover-rough`, {
      weight: { mct: 12_345, qualifier: 'eq', basis: 'weighed' },
      mineId: 'ru-ebelyakh',
      at: { time: '2024-01-01', precision: 'day' },
    });
    expect([mined.status, mined.body]).toEqual([201, expect.anything()]);
    const end = await service.end();
    service = await service.restart();
    expect(await service.end()).toBe(end);
    await service.ready();
    const party = await service.operator.get('/v1/parties/mine-co');
    expect(party.body).toMatchObject({ id: 'mine-co' });
  });

  it('the service says that it is not ready when a stream of the ledger is told to forget', async () => {
    const address = withNewPrefix(real ?? standIn?.url ?? '');
    const prefix = new URL(address).searchParams.get('prefix') ?? '';
    service = await serve({ LEDGER_URL: address });
    await service.ready();
    const raw = EventStoreDBClient.connectionString(real ?? standIn?.url ?? '');
    await raw.setStreamMetadata(`${prefix}.stone-sun`, { maxCount: 10 });
    await raw.dispose();
    service = await service.restart();
    while ((await service.operator.get('/health/live')).status !== 200) await pause(20);
    const ready = await service.operator.get('/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { code: 'record-in-danger' } });
    expect(JSON.stringify(ready.body)).toMatch(/stone-sun carries \$maxCount/);
    const { body } = await service.operator.get('/metrics');
    expect(body).toMatch(/^adamant_ledger_alarms 1$/m);
  });
});
