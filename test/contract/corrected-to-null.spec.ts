import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Event } from '#events/event';
import { effective } from '#libs/decider/effective';

type Schema = Readonly<{
  type?: string | readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
}>;

const folder = new URL('../../events/schema/', import.meta.url);

/** The paths of the fields that a schema asks for, and lets say `null`. */
function nullable({ properties = {}, required = [] }: Schema, path: string): readonly string[] {
  return Object.entries(properties).flatMap(([name, inner]) =>
    required.includes(name) && inner.type?.includes('null')
      ? [`${path}.${name}`]
      : nullable(inner, `${path}.${name}`),
  );
}

const fields = readdirSync(folder).flatMap((file) => {
  const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Schema;
  return nullable(schema.properties?.['data'] ?? {}, 'data').map((path) => [
    file.slice(0, -5),
    path,
  ]);
});

it.each(fields)('%s says null of %s when that is taken away', (type = '', field = '') => {
  const names = field.split('.').slice(1);
  const holding = (value: unknown) =>
    names.reduceRight((inner, name) => ({ [name]: inner }), value);
  const meta = { by: 'kgk', at: { time: '2024-05-01', precision: 'day' } };
  const said = { type, data: holding('kgk'), meta: { ...meta, id: 'a' } };
  const changes = [{ field, from: 'kgk', to: null }];
  const correction = {
    type: 'RecordCorrected',
    data: { target: { id: 'a', revision: 0 }, changes, reason: 'misread', reached: 0 },
    meta: { ...meta, id: 'b' },
  };
  const [reads] = effective([said, correction] as readonly Event[]);
  expect(reads?.data).toEqual(holding(null));
});
