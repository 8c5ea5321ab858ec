import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

type Content = Record<string, { schema?: object; examples?: Record<string, { value: unknown }> }>;
type Operation = Readonly<{
  operationId: string;
  summary?: string;
  security?: readonly object[];
  parameters?: readonly {
    name: string;
    in: string;
    example?: unknown;
    schema?: { example?: unknown };
  }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}>;
type Listed = Readonly<{ path: string; method: string; operation: Operation }>;

const examplesOf = (content: Content | undefined) =>
  Object.values(content ?? {}).flatMap(({ examples }) =>
    Object.values(examples ?? {}).map(({ value }) => value),
  );

describe('the description of the API', () => {
  let service: Service;
  let document: { openapi: string; info: object; paths: object; components: { schemas: object } };
  let operations: readonly Listed[];

  beforeAll(async () => {
    service = await serve();
    document = (await service.anonymous.get('/openapi.json')).body;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
        path,
        method,
        operation,
      })),
    );
  });
  afterAll(() => service.close());

  it('is OpenAPI 3.1 whose references all lead somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    const text = JSON.stringify(document);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]*)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says of every operation what it does, and shows what goes in and comes out', () => {
    const lacking = operations.filter(({ method, operation }) => {
      const { summary, requestBody, responses } = operation;
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      return !(
        summary &&
        (method === 'get' || examplesOf(requestBody?.content).length > 0) &&
        answers.length > 0 &&
        answers.every(([, { content }]) => examplesOf(content).length > 0) &&
        examplesOf(responses['default']?.content).length > 0
      );
    });
    expect(lacking.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('gives every parameter an example', () => {
    const lacking = operations.flatMap(({ path, operation }) =>
      (operation.parameters ?? [])
        .filter(({ example, schema }) => example === undefined && schema?.example === undefined)
        .map(({ name }) => `${path} ${name}`),
    );
    expect(lacking).toEqual([]);
  });

  it('shows bodies that its own schemas allow', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', components: document.components });
    const writes = operations.filter(({ method }) => method === 'post');
    expect(writes.length).toBeGreaterThan(30);
    for (const { path, operation } of writes) {
      const [content] = Object.values(operation.requestBody?.content ?? {});
      const schema = JSON.parse(
        JSON.stringify(content?.schema).replaceAll('"#/components', '"api#/components'),
      ) as object;
      const check = ajv.compile(schema);
      for (const example of examplesOf(operation.requestBody?.content)) {
        expect({ path, faults: check(example) ? [] : check.errors }).toEqual({ path, faults: [] });
        const unknown = { ...(example as object), unheardOf: 1 };
        expect({ path, known: check(unknown) }).toEqual({ path, known: false });
      }
    }
  });

  it('shows bodies that the service takes', async () => {
    for (const { path, method, operation } of operations) {
      if (method !== 'post') continue;
      const [example] = examplesOf(operation.requestBody?.content);
      const url = path.replace('{id}', 'nothing-here').replace('{keyId}', '0123456789abcdef');
      const { status, body } = await service.operator.post(url, example);
      expect({ path, code: body.code }).not.toEqual({ path, code: 'invalid-body' });
      expect(status).toBeLessThan(500);
    }
  });
});
