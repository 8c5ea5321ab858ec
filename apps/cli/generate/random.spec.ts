import { describe, expect, it } from '@jest/globals';
import { randomOf } from '#apps/cli/generate/random';

describe('numbers from a seed', () => {
  it('never change: a recorded pipeline depends on them', () => {
    const random = randomOf('new-sun');
    expect([random.int(0, 1_000_000), random.int(0, 1_000_000), random.hex(8)]).toEqual([
      434_388,
      929_129,
      'b3ee6b11',
    ]);
  });

  it('fill a range evenly, both ends included', () => {
    const random = randomOf('range');
    const drawn = Array.from({ length: 6000 }, () => random.int(1, 6));
    const counts = [1, 2, 3, 4, 5, 6].map((n) => drawn.filter((each) => each === n).length);
    expect(Math.min(...counts)).toBeGreaterThan(900);
    expect(Math.max(...counts)).toBeLessThan(1100);
  });

  it('weigh what is picked', () => {
    const random = randomOf('weights');
    const choices = [
      { weight: 9, value: 'often' },
      { weight: 1, value: 'seldom' },
      { weight: 0, value: 'never' },
    ];
    const drawn = Array.from({ length: 1000 }, () => random.weighted(choices));
    expect(drawn.filter((each) => each === 'often').length / 1000).toBeCloseTo(0.9, 1);
    expect(drawn).not.toContain('never');
  });

  it('make UUIDs of version 7 that sort by their time', () => {
    const random = randomOf('ids');
    const ids = [1_500_000_000_000, 1_500_000_000_001, 1_700_000_000_000].map(random.uuid);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids).toEqual(ids.toSorted());
  });
});
