import { describe, expect, it } from '@jest/globals';
import { stoneStream } from '#events/streams';
import { mineOrigin } from '#libs/origin/origin';
import { evaluate } from '#libs/rulebook/evaluate';
import { factsOf } from '#projections/way/facts';
import { evolveWay, type Way } from '#projections/way/way';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const [rough, piece, polished] = ['s', 's.1', 's.1.1'].map(stoneStream) as [string, string, string];
const origin = mineOrigin('BW', 'bw-jwaneng', 'identity-preserved');

/** A stone of Jwaneng, sawn in one country, polished in India. */
function sawnIn(country: string, mct: number): Way {
  const { record } = ledgerOf();
  const opened = (parent: string, form: 'piece' | 'polished') => ({
    type: 'StoneOpened' as const,
    data: {
      parent: { stream: parent, revision: 1 },
      cause: '00000000-0000-7000-8000-000000000002',
      form,
      weight: weighing(mct),
      custodian: 'a',
      owner: 'a',
      origin,
    },
  });
  const recovered = record(
    rough,
    { type: 'RoughDiamondRecovered', data: { mineId: 'bw-jwaneng', weight: weighing(4 * mct) } },
    { place: { mineId: 'bw-jwaneng' } },
  );
  const stone = evolveWay(undefined, recovered, undefined);
  const sawn = evolveWay(
    undefined,
    record(piece, opened(rough, 'piece'), { on: '2024-10-01', place: { country } }),
    stone,
  );
  const moved = evolveWay(
    sawn,
    record(
      piece,
      { type: 'CustodyAccepted', data: { from: 'a', to: 'b' } },
      { on: '2025-01-15', place: { country: 'IN' } },
    ),
    undefined,
  );
  const cut = record(polished, opened(piece, 'polished'), {
    on: '2025-01-15',
    place: { country: 'IN' },
  });
  const way = evolveWay(undefined, cut, moved);
  if (!way) throw new Error('no way began');
  return way;
}

const statement = { kind: 'us-statement-loose', validFrom: null, validTo: null } as const;

function inUs(way: Way) {
  const facts = { ...factsOf(way, 'US'), evidence: [statement] };
  return evaluate(facts, 'US', '2025-06-02', 'import');
}

describe('goods manufactured in part in Russia (Diamonds Determination, s. 1(a)(i)(B))', () => {
  it('know where else they were worked on than at last', () => {
    expect(sawnIn('RU', 600)).toMatchObject({
      processing: { state: 'processed', in: 'IN', operation: 'polished' },
      worked: ['RU'],
    });
    expect(sawnIn('IN', 600).worked).toEqual([]);
  });

  it('may not enter the US from the threshold on, wherever they were mined and polished', () => {
    expect(inUs(sawnIn('RU', 600))).toMatchObject({ outcome: 'PROHIBITED', rule: 'US-R3' });
    expect(inUs(sawnIn('BE', 600))).toMatchObject({ outcome: 'CLEAR' });
    expect(inUs(sawnIn('RU', 400))).toMatchObject({ outcome: 'CLEAR' });
  });
});
