import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { readConfig } from '#apps/ledger/config';
import { startService } from '#apps/ledger/start';
import { openLedger } from '#libs/ledger/ledger';
import { emptyStream, leafHash, seal } from '#libs/store/envelope';
import { openStore } from '#libs/store/open-store';
import { created } from '#test/e2e/client';
import { serve } from '#test/e2e/service';

const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' };
const rough = { mineId: 'ru-ebelyakh', weight };

describe('a service that is told to stop', () => {
  it('finishes what it accepted: nothing acknowledged is lost, nothing else is there', async () => {
    const service = await serve();
    const mine = await service.party('siberian-mine', ['producer']);
    const acknowledged: string[] = [];
    let sent = 0;
    let isStopping = false;
    const callers = Array.from({ length: 16 }, async () => {
      while (!isStopping || sent < 100) {
        const id = `stone-no-${sent++}`;
        try {
          const { status } = await mine.post(`/v1/stones/${id}/recover-rough`, rough);
          if (status === 201) acknowledged.push(id);
          else return;
        } catch {
          return;
        }
      }
    });
    while (acknowledged.length < 50) await new Promise((wake) => setTimeout(wake, 1));
    isStopping = true;
    const again = await service.restart();
    await Promise.all(callers);
    for (const id of acknowledged) {
      expect(await again.running.parts.store.read(`stone-${id}`)).toHaveLength(1);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(50);
    await again.close();
  });
});

describe('a service that starts', () => {
  it('carries out what a crash left open', async () => {
    const service = await serve();
    const mine = await service.party('siberian-mine', ['producer', 'cutter']);
    await created(mine.post('/v1/stones/dawn/recover-rough', rough));
    await created(mine.post('/v1/stones/dawn/start-manufacturing', { orderNo: 'ORDER-1' }));
    const { store } = service.running.parts;
    const last = (await store.read('stone-dawn')).at(-1);
    const head = last ? { revision: last.revision, hash: leafHash(last.leaf) } : emptyStream;
    const now = new Date().toISOString();
    const at = { time: now, precision: 'instant' } as const;
    const pieces = [1, 2].map((n) => ({ n, weight: { ...weight, mct: 2_500 } as const }));
    const loss = { ...weight, mct: 0 };
    const meta = { id: v7(), by: 'siberian-mine', at };
    const data = { method: 'laser', pieces, loss };
    const sawn = seal(store.ledger, 'stone-dawn', head, now, [{ type: 'RoughSawn', data, meta }]);
    await store.append('stone-dawn', head.revision, sawn);
    const again = await service.restart();
    const opened = async () => (await again.running.parts.store.read('stone-dawn.2')).length;
    while ((await opened()) === 0) await new Promise((wake) => setTimeout(wake, 20));
    const piece = await again.running.parts.store.read('stone-dawn.1');
    expect(piece.map(({ type }) => type)).toEqual(['StoneOpened']);
    await again.close();
  });

  it('says what it is and how far its views are', async () => {
    const service = await serve();
    await service.party('siberian-mine', ['producer']);
    const end = String(await service.end());
    await service.operator.get(`/v1/parties/siberian-mine?at-least=${end}`);
    const ready = await service.anonymous.get('/health/ready');
    const ledger = 'adamant.test/ledger';
    expect(ready.body).toEqual({ status: 'ready', ledger, position: end, views: end });
    await service.operator.post('/v1/stones/x/name-stone', { name: 'x' });
    const { body } = await service.operator.get('/metrics');
    expect(body).toMatch(/adamant_http_request_seconds_count\{.*route="\/v1\/parties".*\} 1/);
    expect(body).toMatch(/adamant_refusals_total\{code="unknown-stone"\} 1/);
    expect(body).toMatch(/adamant_append_seconds_count 2/);
    expect(body).toContain(`adamant_ledger_position ${end}`);
    expect(body).not.toContain('siberian-mine');
    await service.close();
  });

  it('writes logs that name requests and hold no secrets', async () => {
    const { folder, running, said } = await logged('debug');
    const secret = `adm_${'0'.repeat(16)}_${'s'.repeat(43)}`;
    const answer = await fetch(`${running.url}/v1/events`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    await running.close();
    expect(answer.status).toBe(401);
    expect(said()).toContain(answer.headers.get('x-request-id'));
    expect(said()).toContain('"status":401');
    expect(said()).not.toContain('sssss');
    await rm(folder, { recursive: true });
  });

  it('logs why it cannot serve, not with every request, and tells callers to try again', async () => {
    const { folder, running, said } = await logged('error');
    await running.parts.store.close();
    const asked = [1, 2, 3].map(() => fetch(`${running.url}/health/ready`));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([503, 503, 503]);
    await running.close();
    const lines = said()
      .split('\n')
      .filter((line) => line.includes('cannot serve'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ledger.db is closed');
    await rm(folder, { recursive: true });
  });

  it('stops with a clear error when its files are taken or no good', async () => {
    const service = await serve();
    const { config } = service.running.parts;
    const log = pino({ level: 'silent' });
    await expect(startService(config, log)).rejects.toThrow(/ledger\.db/);
    const folder = await mkdtemp(join(tmpdir(), 'adamant-'));
    const bad = join(folder, 'views.db');
    await writeFile(bad, 'this is no database');
    const variables = { LEDGER_URL: `sqlite:${join(folder, 'l.db')}`, VIEWS_URL: `sqlite:${bad}` };
    const other = readConfig({ ...variables, PORT: '0' });
    await expect(startService(other, log)).rejects.toThrow(/views\.db/);
    const free = await openStore(variables.LEDGER_URL, { ledger: other.LEDGER_NAME });
    expect(await openLedger(free, () => '').store.end()).toBe(0n);
    await free.close();
    await service.close();
    await rm(folder, { recursive: true });
  });
});

/** A service whose log is kept. */
async function logged(level: string) {
  const folder = await mkdtemp(join(tmpdir(), 'adamant-'));
  const lines = new PassThrough().setEncoding('utf8');
  let text = '';
  lines.on('data', (chunk: string) => (text += chunk));
  const config = readConfig({
    LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
    VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
    PORT: '0',
  });
  const running = await startService(config, pino({ level }, lines));
  return { folder, running, said: () => text };
}
