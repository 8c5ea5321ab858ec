import { describe, expect, it } from '@jest/globals';
import { conform, conformSuites } from '#apps/cli/conform/conform';

const ask = (line: string) => conform('canonical-json')?.(line, 1);

describe('canonical-json', () => {
  it('gives the RFC 8785 text of the value', () => {
    expect(ask('{"id":1,"value":{"\\u20ac":1e21,"\\r":[0.0000010,true],"a":"\\u000f"}}')).toEqual({
      id: 1,
      canonical: '{"\\r":[0.000001,true],"a":"\\u000f","€":1e+21}',
    });
  });

  it('takes the JSON as text too, so that broken text can be asked about', () => {
    expect(ask('{"id":2,"json":"[ 1.0 ]"}')).toEqual({ id: 2, canonical: '[1]' });
    expect(ask('{"id":3,"json":"{\\"a\\":1,\\"a\\":2}"}')).toMatchObject({
      id: 3,
      error: { code: 'duplicate-key' },
    });
    expect(ask('{"id":4,"json":"[1e999]"}')).toMatchObject({ error: { code: 'not-canonical' } });
  });

  it('refuses lone surrogates and a line without a value', () => {
    expect(ask('{"id":5,"value":"\\ud800"}')).toMatchObject({ error: { code: 'not-canonical' } });
    expect(ask('{"id":6}')).toMatchObject({ id: 6, error: { code: 'not-canonical' } });
    expect(ask('[]')).toMatchObject({ error: { code: 'bad-text' } });
  });

  it('stands among the suites', () => {
    expect(conformSuites).toEqual(['rulebook', 'canonical-json']);
  });
});
