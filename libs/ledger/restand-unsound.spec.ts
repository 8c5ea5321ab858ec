import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RoughDiamondRecovered } from '#events/stone';
import { effective } from '#libs/decider/effective';
import { builtIn, reference, useReference } from '#libs/reference/reference';
import type { RecordedEvent } from '#libs/store/store';
import { annul, codeOf, correct, ledger, newLedger, recoveredLot } from '#test/support/correcting';

beforeEach(newLedger);
afterEach(() => useReference(builtIn));

/** From now on the data in use does not know the mine any more. */
function forgetMine(id: string): void {
  const { content, sha256 } = reference()['mines.json'];
  const mines = content.filter((each) => each.id !== id);
  useReference({ ...builtIn, 'mines.json': { content: mines, sha256 } });
}

async function first(stream: string) {
  const [event] = effective(await ledger.store.read(stream)) as readonly RecordedEvent[];
  const { mineId, mine } = (event?.data ?? {}) as RoughDiamondRecovered['data'];
  return { mineId, country: mine?.country, place: event?.meta.place };
}

describe('an act that could not be decided again before it was corrected', () => {
  beforeEach(async () => {
    await recoveredLot('lot');
    forgetMine('ru-ebelyakh');
  });

  it('is not corrected to what could not be either', async () => {
    const doing = correct('parcel-lot', 0, 'data.mineId', 'nowhere');
    expect(await codeOf(doing)).toBe('unknown-mine');
    expect(await first('parcel-lot')).toMatchObject({ mineId: 'ru-ebelyakh', country: 'RU' });
  });

  it('takes what the ledger adds from what it is corrected to', async () => {
    await correct('parcel-lot', 0, 'data.mineId', 'bw-karowe');
    expect(await first('parcel-lot')).toMatchObject({ mineId: 'bw-karowe', country: 'BW' });
  });

  it('is corrected in what the reason has nothing to do with', async () => {
    await correct('parcel-lot', 0, 'place', { country: 'AE' });
    expect(await first('parcel-lot')).toEqual({
      mineId: 'ru-ebelyakh',
      country: 'RU',
      place: { country: 'AE' },
    });
  });

  it('does not go back to it once it was corrected', async () => {
    await correct('parcel-lot', 0, 'data.mineId', 'bw-karowe');
    expect(await codeOf(annul('parcel-lot', 1))).toBe('later-act-falls');
    expect(await first('parcel-lot')).toMatchObject({ mineId: 'bw-karowe', country: 'BW' });
  });
});
