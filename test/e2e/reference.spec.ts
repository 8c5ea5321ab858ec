import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { builtIn } from '#libs/reference/reference';
import { serve } from '#test/e2e/service';
import type { Service } from '#test/e2e/service';

let service: Service;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adamant-reference-'));
  service = await serve({
    LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
    VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
  });
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

it('the dated facts in use are listed by hash, and each file is given whole', async () => {
  const { body } = await service.operator.get('/v1/reference');
  expect(body.files.map(({ name }: Readonly<{ name: string }>) => name)).toEqual(
    Object.keys(builtIn),
  );
  const { sha256, content } = builtIn['hallmarks.json'];
  const one = { name: 'hallmarks.json', sha256, builtIn: true };
  expect(body.files).toContainEqual(one);
  const file = await service.operator.get('/v1/reference/hallmarks.json');
  expect(file.body).toEqual({ ...one, content });
  const none = await service.operator.get('/v1/reference/horoscope.json');
  expect([none.status, none.body.code]).toEqual([404, 'not-found']);
});
