import { randomInt } from 'node:crypto';
import { describe, it } from '@jest/globals';
import { everyWorldHolds, seedsIn } from '#test/simulation/hold';

const first = randomInt(1_000_000, 1_000_000_000);
const count = seedsIn(400);

describe(`whatever fails and whoever runs at once, in ${count} worlds from seed ${first}`, () => {
  it('every event counts once and every effect follows once', async () => {
    process.stdout.write(`simulated worlds: ${count} from seed ${first}\n`);
    await everyWorldHolds(first, count);
  }, 600_000);
});
