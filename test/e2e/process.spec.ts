import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(60_000);

const built = fileURLToPath(new URL('../../dist/apps/ledger/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'adamant-'));
afterAll(() => rmSync(folder, { recursive: true }));

const files = {
  LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
  VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
  PORT: '0',
};

/** The built service as a process; `said` waits for a line that matches. */
function run(variables: Record<string, string>) {
  const child = spawn(process.execPath, [built], { env: variables });
  let text = '';
  let told = () => undefined as void;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      told();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  async function said(pattern: RegExp): Promise<string> {
    for (;;) {
      const [, found] = pattern.exec(text) ?? [];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (told = resolve));
    }
  }
  return { child, ended, said, text: () => text };
}

describe('the service as a process', () => {
  it('does not start on a bad setting, and says in one line which', async () => {
    const service = run({ ...files, PORT: 'http', LOG_LEVEL: 'loud' });
    expect(await service.ended).toBe(1);
    expect(service.text().trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^error: bad-config: PORT .*; LOG_LEVEL /),
    ]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends itself, in order, on %s', async (signal) => {
    const service = run(files);
    const url = await service.said(/"url":"(http[^"]+)"/);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    service.child.kill(signal);
    expect(await service.ended).toBe(0);
    expect(service.text()).toContain('"msg":"closed"');
  });

  it('does not start beside another on the same ledger', async () => {
    const first = run(files);
    await first.said(/"url":"(http[^"]+)"/);
    const second = run({ ...files, VIEWS_URL: `sqlite:${join(folder, 'other.db')}` });
    expect(await second.ended).toBe(1);
    expect(second.text()).toContain('ledger.db');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });
});
