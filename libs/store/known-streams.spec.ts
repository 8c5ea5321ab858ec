import { describe, expect, it } from '@jest/globals';
import { knownStreams } from '#libs/store/known-streams';

describe('what is known of streams', () => {
  it('grows event by event from the first, and by no other', () => {
    const known = knownStreams(100);
    known.saw('stone-a', 1, 'late', 'h');
    expect(known.get('stone-a')).toBeUndefined();
    known.saw('stone-a', 0, 'one', 'h0');
    known.saw('stone-a', 2, 'three', 'h2');
    known.saw('stone-a', 1, 'two', 'h1');
    known.saw('stone-a', 0, 'one', 'other');
    expect(known.get('stone-a')).toEqual({ revision: 1, hash: 'h1', ids: ['one', 'two'] });
    expect([known.streamOf('two'), known.streamOf('three')]).toEqual(['stone-a', undefined]);
  });

  it('forgets whole streams, those used longest ago, and their ids with them', () => {
    const known = knownStreams(3);
    known.saw('stone-a', 0, 'a0', 'h');
    known.saw('stone-b', 0, 'b0', 'h');
    known.saw('stone-c', 0, 'c0', 'h');
    known.get('stone-a');
    known.saw('stone-d', 0, 'd0', 'h');
    expect(known.get('stone-b')).toBeUndefined();
    expect(known.streamOf('b0')).toBeUndefined();
    for (let n = 1; n < 5; n++) known.saw('stone-a', n, `a${n}`, 'h');
    expect(known.get('stone-a')).toBeUndefined();
  });
});
