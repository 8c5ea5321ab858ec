import { describe, expect, it } from '@jest/globals';
import { commandId, expectedRevision } from '#apps/ledger/idempotency';

const path = '/v1/stones/new-sun/accept-custody';

describe('an idempotency key', () => {
  it.each(['01981d5e-8a00-7000-8000-000000000001', '6ba7b811-9dad-41d1-80b4-00c04fd430c8'])(
    'that is a UUID of a caller is the id: %s',
    (key) => {
      expect(commandId(key.toUpperCase(), 'alrosa', path)).toBe(key);
    },
  );

  it('never takes an id that the ledger may derive', () => {
    const derived = '886313e1-3b8a-5372-9b90-0c9aee199e5d';
    expect(commandId(derived, 'alrosa', path)).not.toBe(derived);
  });

  it('that is any other text means one act of one party at one path', () => {
    const id = commandId('order-7', 'alrosa', path);
    expect(id).toBe(commandId('order-7', 'alrosa', path));
    expect(id).not.toBe(commandId('order-7', 'debswana', path));
    expect(id).not.toBe(commandId('order-7', 'alrosa', `${path}/`));
    expect(id).not.toBe(commandId('order-8', 'alrosa', path));
  });

  it('may be left out: then every act is new', () => {
    expect(commandId(undefined, 'alrosa', path)).not.toBe(commandId(undefined, 'alrosa', path));
  });

  it.each(['', 'a b', 'é', 'x'.repeat(201), ['a', 'b']])('is refused as %j', (key) => {
    expect(() => commandId(key, 'alrosa', path)).toThrow('cannot be used');
  });
});

describe('If-Match', () => {
  it('names a revision in double quotes', () => {
    expect(expectedRevision('"0"')).toEqual({ revision: 0 });
    expect(expectedRevision(undefined)).toBeUndefined();
  });

  it.each(['7', '*', 'W/"7"', '"7", "8"', '"-1"', '"07"', '""'])('is refused as %s', (header) => {
    expect(() => expectedRevision(header)).toThrow('one ETag');
  });
});
