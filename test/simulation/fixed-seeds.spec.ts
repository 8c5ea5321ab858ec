import { describe, it } from '@jest/globals';
import { everyWorldHolds, seedsIn } from '#test/simulation/hold';

describe('whatever fails and whoever runs at once', () => {
  it('every event counts once and every effect follows once, in the worlds that are always run', async () => {
    await everyWorldHolds(1, seedsIn(600));
  }, 600_000);
});
