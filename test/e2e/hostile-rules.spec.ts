import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const on = (time: string) => ({ time, precision: 'day' });
const document = { type: 'paper', sha256: 'ab'.repeat(32) };

type Rules = Record<string, unknown> & { rules: Record<string, unknown>[] };

describe('hostile questions and rules, over HTTP', () => {
  let service: Service;
  let mine: Client;
  let eu: Rules;

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('karowe', ['producer', 'dealer', 'cutter']);
    const weight = { mct: 400, qualifier: 'eq', basis: 'weighed' };
    const origin = {
      countries: [{ country: 'RU', minPpm: 1_000_000, maxPpm: 1_000_000 }],
      mineIds: [],
      chainOfCustody: 'unknown',
    };
    const opened = { form: 'polished', weight, origin, basis: 'bought', at: on('2024-11-01') };
    await created(mine.post('/v1/stones/gem/open-history', opened));
    const paper = {
      kind: 'processing-record',
      country: 'IN',
      operation: 'polished',
      on: '2024-01-01',
    };
    const put = { evidenceNo: 'EV-1', paper, document, at: on('2024-12-01') };
    const place = { country: 'IN' };
    const attached = await created(mine.post('/v1/stones/gem/attach-evidence', { ...put, place }));
    const { body } = await mine.get(`/v1/rules/EU?at-least=${attached.body.position}`);
    eu = body.file;
  });
  afterAll(() => service.close());

  it.each([
    ['stones/gem/sanctions?jurisdiction=XX', 'unknown-jurisdiction', 'jurisdiction'],
    ['stones/gem/sanctions?jurisdiction=eu', 'invalid-query', 'jurisdiction'],
    ['stones/gem/sanctions?jurisdiction=EU,US', 'invalid-query', 'jurisdiction'],
    ['stones/gem/sanctions?on=2025-02-29', 'invalid-query', 'on'],
    ['stones/gem/sanctions?on=2025-13-01', 'invalid-query', 'on'],
    ['stones/gem/sanctions?on=today', 'invalid-query', 'on'],
    ['stones/gem/sanctions?on=', 'invalid-query', 'on'],
    ['stones/gem/sanctions?rules=2031.1', 'unknown-rule-book-version', 'ruleBookVersion'],
    ['stones/gem/sanctions?act=smuggle', 'invalid-query', 'act'],
    ['stones/gem/sanctions?use=private', 'invalid-query', 'use'],
    ['stones/gem/sanctions?procedure=none', 'invalid-query', 'procedure'],
    ['stones/gem/sanctions?contract=2025-00-10', 'invalid-query', 'contract'],
    ['stones/gem/sanctions?valid-at=2025-02-30', 'invalid-query', 'valid-at'],
    ['stones/gem/sanctions?known-at=-1', 'invalid-query', 'known-at'],
    ['stones/gem/sanctions?clear=true', 'invalid-query', 'clear'],
    ['parcels/gem/sanctions?jurisdiction=EU', 'unknown-parcel', undefined],
    ['shipments/gem/sanctions?jurisdiction=EU', 'unknown-shipment', undefined],
    ['preflight?to=EU&goods=gem', 'invalid-query', 'goods'],
    ['preflight?to=EU&goods=stone-gem,', 'invalid-query', 'goods'],
    ['preflight?to=EU&goods=party-karowe', 'invalid-query', 'goods'],
    ['preflight?to=EU&goods=stone-gem,stone-none', 'not-found', 'goods'],
    ['preflight?to=ZZ&goods=stone-gem', 'unknown-jurisdiction', 'to'],
    ['preflight?goods=stone-gem', 'invalid-query', 'to'],
    ['rules/EU?version=2031.1', 'unknown-rule-book-version', 'ruleBookVersion'],
    ['rules/XX', 'unknown-jurisdiction', 'jurisdiction'],
    ['rules/EU/diff?from=2026.1&to=2031.1', 'unknown-rule-book-version', 'ruleBookVersion'],
  ])('%s is refused as %s', async (path, code, field) => {
    const { status, body } = await mine.get(`/v1/${path}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body.code).toBe(code);
    if (field !== undefined) expect(JSON.stringify(body)).toContain(`"field":"${field}"`);
    expect(JSON.stringify(body)).not.toContain('CLEAR');
  });

  it.each<[string, (file: Rules) => unknown, string]>([
    ['no rules', ({ rules: _, ...file }) => file, 'bad-rule-file'],
    ['a list', () => [], 'invalid-body'],
    ['a day that is none', (file) => first(file, { effectiveFrom: '2024-02-30' }), 'EU-R1'],
    [
      'one record twice',
      (file) => ({ ...file, rules: [...file.rules.slice(0, 1), ...file.rules] }),
      'EU-R1',
    ],
    ['no citation', (file) => first(file, { citation: '' }), 'rules.0.citation'],
    ['an HS code of other goods', (file) => first(file, { hs: ['710310'] }), '710310'],
    ['a country that is none', (file) => when(file, ['SU']), 'EU-R1'],
    ['a test nobody knows', (file) => first(file, { when: { test: 'luck' } }), '/rules/0/when'],
    ['a threshold as a text', (file) => first(file, { when: weight('500') }), '/rules/0/when'],
    ['a threshold below zero', (file) => first(file, { when: weight(-1) }), 'EU-R1'],
    ['a threshold in fractions', (file) => first(file, { when: weight(0.5) }), 'EU-R1'],
    ['another jurisdiction', (file) => ({ ...file, id: 'US' }), 'unknown-jurisdiction'],
    ['an outcome of its own', (file) => first(file, { kind: 'clear-all' }), '/rules/0/kind'],
  ])('rules with %s are not adopted, and the place is named', async (_, spoil, place) => {
    const before = await service.end();
    const path = '/v1/rules/eu/adopt-rule-book';
    const { status, body } = await service.operator.post(path, {
      version: '2027.1',
      rules: spoil({ ...structuredClone(eu), version: '2027.1' }),
    });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain(place);
    expect(await service.end()).toBe(before);
  });

  it('another threshold moves a verdict; the old is said again by its version and by its day', async () => {
    const ask = async (more: string) =>
      (await mine.get(`/v1/stones/gem/sanctions?jurisdiction=EU&on=2025-06-01${more}`)).body
        .verdict;
    const before = await service.end();
    expect(await ask('')).toMatchObject({ outcome: 'CLEAR', rule: 'EU-R6' });
    const text = JSON.stringify(eu).replaceAll('"mct":500', '"mct":300');
    const rules = JSON.parse(text) as Rules;
    const path = '/v1/rules/eu/adopt-rule-book';
    const taken = await service.operator.post(path, { version: '2026.1', rules });
    expect([taken.status, taken.body.code]).toEqual([422, 'version-taken']);
    const adopted = await created(
      service.operator.post(path, { rules: { ...rules, version: '2027.1' } }),
    );
    const after = await ask(`&at-least=${String(adopted.body.position)}`);
    expect(after).toMatchObject({ outcome: 'PROHIBITED', ruleBookVersion: '2027.1' });
    expect(await ask('&rules=2026.1')).toMatchObject({ outcome: 'CLEAR', rule: 'EU-R6' });
    expect(await ask(`&known-at=${String(before)}`)).toMatchObject({
      outcome: 'CLEAR',
      ruleBookVersion: '2026.1',
    });
  });
});

const weight = (mct: unknown) => ({ test: 'stone-at-least', mct });

function first(file: Rules, change: object): Rules {
  const [rule, ...others] = file.rules;
  return { ...file, rules: [{ ...rule, ...change }, ...others] };
}

const when = (file: Rules, countries: readonly string[]) =>
  first(file, { when: { test: 'transited', countries } });
