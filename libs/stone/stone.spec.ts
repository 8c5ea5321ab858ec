import { describe, expect, it } from '@jest/globals';
import type { StoneOpened } from '#events/stone';
import type { Origin } from '#events/values';
import { fold } from '#libs/decider/decider';
import { mineOrigin, unknownOrigin } from '#libs/origin/origin';
import { minesVersion } from '#libs/reference/mines';
import { stone, stoneMentions } from '#libs/stone/stone';
import type { OpenHistory, RecoverRough } from '#libs/stone/stone-command';
import { as, day, given, mct, over, stated } from '#test/support/given';

const found = { mineId: 'ru-ebelyakh', weight: over(200_000), colour: 'honey-golden' };
const producer = as('alrosa', ['producer']);
const recover: RecoverRough = { type: 'RecoverRough', ...found, meta: producer };
const recovered = stated('alrosa', { type: 'RoughDiamondRecovered' as const, data: found });
const closed = stated('alrosa', { type: 'ManufacturingClosed' as const, data: { orderNo: '1' } });
const russia = { country: 'RU', operating: 'unknown', data: minesVersion() } as const;
const russian = mineOrigin('RU', 'ru-ebelyakh', 'identity-preserved');

describe('recovering a rough stone', () => {
  it('makes the producer its custodian and owner', () => {
    given(stone)()
      .when(recover)
      .thenRecorded({ type: 'RoughDiamondRecovered', data: { ...found, mine: russia } });
    expect(fold(stone, [recovered])).toMatchObject({
      form: 'rough',
      holding: { custodian: 'alrosa', owner: 'alrosa' },
      origin: russian,
      balance: { whole: { min: 200_001, max: Infinity } },
    });
  });

  it('takes a producer', () =>
    given(stone)()
      .when({ ...recover, meta: as('graff', ['jeweller', 'dealer']) })
      .thenRefused('role-needed'));

  it('happens once', () => given(stone)(recovered).when(recover).thenRefused('already-exists'));

  it('takes a mine that is known', () =>
    given(stone)()
      .when({ ...recover, mineId: 'ru-atlantis' })
      .thenRefused('unknown-mine'));

  it('takes a mine that may have been operating then', () => {
    const argyle = { ...recover, mineId: 'au-argyle' };
    given(stone)().when(argyle).thenRefused('mine-not-operating');
    const before = { ...producer, at: day('1980-01-01') };
    given(stone)()
      .when({ ...argyle, meta: before })
      .thenRefused('mine-not-operating');
    const then = { ...producer, at: day('2010-05-05') };
    given(stone)()
      .when({ ...argyle, meta: then })
      .thenRecorded({
        type: 'RoughDiamondRecovered',
        data: {
          ...found,
          mineId: 'au-argyle',
          mine: { ...russia, country: 'AU', operating: 'yes' },
        },
      });
  });

  it.each([0, 0.5, 10_000_001])('refuses a stone of %p mct', (weight) =>
    given(stone)()
      .when({ ...recover, weight: mct(weight) })
      .thenRefused('bad-weight'),
  );

  it('refuses a date that is not real, not begun, or of an auditor', () => {
    const on = (at: string) => ({ ...recover, meta: { ...producer, at: day(at) } });
    given(stone)().when(on('2025-02-29')).thenRefused('bad-date');
    given(stone)().when(on('2025-05-01')).thenRefused('in-the-future');
    given(stone)()
      .when({ ...recover, meta: as('bank', ['auditor']) })
      .thenRefused('auditor-only');
    given(stone)()
      .when({ ...recover, plant: '\u0007' })
      .thenRefused('bad-text');
  });
});

describe('opening the history of an older stone', () => {
  const known = {
    form: 'polished',
    weight: mct(20_690),
    origin: unknownOrigin,
    basis: 'inherited',
  } as const;
  const open: OpenHistory = { type: 'OpenHistory', ...known, meta: as('graff', ['jeweller']) };

  it('leaves the title unknown unless an owner is named', () => {
    given(stone)().when(open).thenRecorded({ type: 'HistoryOpened', data: known });
    const opened = stated('graff', { type: 'HistoryOpened' as const, data: known });
    expect(fold(stone, [opened])?.holding).toMatchObject({ custodian: 'graff', owner: null });
    const owned = stated('graff', {
      type: 'HistoryOpened' as const,
      data: { ...known, owner: 'x' },
    });
    expect(fold(stone, [owned])?.holding.owner).toBe('x');
  });

  it('takes a trading role', () =>
    given(stone)()
      .when({ ...open, meta: as('graff', ['operator']) })
      .thenRefused('role-needed'));

  it('happens on an empty stream', () =>
    given(stone)(recovered).when(open).thenRefused('already-exists'));

  const claim = (changes: Partial<Origin>) =>
    given(stone)().when({ ...open, origin: { ...russian, ...changes } });
  const share = (country: string, minPpm: number, maxPpm: number) => ({ country, minPpm, maxPpm });

  it('refuses an origin that cannot be', () => {
    claim({ countries: [share('UK', 0, 1_000_000)] }).thenRefused('bad-country');
    claim({ mineIds: ['nowhere'] }).thenRefused('unknown-mine');
    for (const countries of [
      [share('RU', 600_000, 1_000_000), share('BW', 600_000, 1_000_000)],
      [share('RU', 0, 400_000), share('BW', 0, 400_000)],
      [share('RU', 0, 1_000_000), share('RU', 0, 1_000_000)],
      [share('RU', 500_000, 400_000), share('BW', 0, 1_000_000)],
      [share('RU', 0.5, 1_000_000)],
      [share('RU', -1, 1_000_000)],
      [share('RU', 0, 1_000_001)],
    ]) {
      claim({ countries }).thenRefused('impossible-origin');
    }
  });
});

describe('opening the stream of a part', () => {
  const part: StoneOpened['data'] = {
    parent: { stream: 'stone-dawn', revision: 3 },
    cause: 'sawing',
    form: 'piece',
    weight: mct(900),
    custodian: 'alrosa',
    owner: null,
    origin: russian,
    orderNo: 'A-1',
  };
  const open = { type: 'OpenStone', ...part, meta: as('alrosa') } as const;
  const opened = stated('alrosa', { type: 'StoneOpened' as const, data: part });

  it('records what the part inherits, once for its cause', () => {
    given(stone)().when(open).thenRecorded({ type: 'StoneOpened', data: part });
    given(stone)(opened).when(open).thenRecorded();
    given(stone)(opened)
      .when({ ...open, cause: 'another' })
      .thenRefused('already-exists');
  });

  it('keeps a piece under the order of its cutter', () =>
    expect(fold(stone, [opened])?.order).toEqual({ orderNo: 'A-1', by: 'alrosa' }));
});

describe('a stone', () => {
  const name = { type: 'NameStone', name: 'Рассвет', language: 'ru', meta: producer } as const;
  const declare = {
    type: 'DeclareOrigin',
    origin: mineOrigin('BW', 'bw-jwaneng', 'identity-preserved'),
    purpose: 'g7',
    meta: producer,
  } as const;

  it('is named by its custodian or its owner', () => {
    given(stone)(recovered)
      .when(name)
      .thenRecorded({ type: 'StoneNamed', data: { name: 'Рассвет', language: 'ru' } });
    given(stone)(recovered)
      .when({ ...name, meta: as('graff') })
      .thenRefused('not-holder');
  });

  it('keeps every possible country when another is claimed', () => {
    const { origin, purpose } = declare;
    given(stone)(recovered)
      .when(declare)
      .thenRecorded({ type: 'OriginDeclared', data: { origin, purpose } });
    const declared = stated('alrosa', {
      type: 'OriginDeclared' as const,
      data: { origin, purpose },
    });
    const possible = fold(stone, [recovered, declared])?.origin.countries;
    expect(possible?.map(({ country }) => country).sort()).toEqual(['BW', 'RU']);
    given(stone)(recovered)
      .when({ ...declare, meta: as('graff') })
      .thenRefused('not-holder');
  });

  it('that is not there takes no acts', () =>
    given(stone)().when(name).thenRefused('unknown-stone'));

  it('that was consumed accepts nothing', () => {
    given(stone)(recovered, closed).when(name).thenRefused('consumed');
    given(stone)(recovered, closed).when(declare).thenRefused('consumed');
  });

  it('takes acts in the order of their days', () =>
    given(stone)(recovered)
      .when({ ...name, meta: { ...producer, at: day('2025-04-03') } })
      .thenRefused('out-of-order'));

  it('keeps the latest day although a later event is less precise', () => {
    const vague = stated(
      'alrosa',
      { type: 'StoneNamed' as const, data: { name: 'Dawn' } },
      { time: '2025', precision: 'year' },
    );
    expect(fold(stone, [recovered, vague])?.latest).toEqual(day('2025-04-04'));
  });

  it('names other parties only where a command does', () => {
    expect(stoneMentions(name)).toEqual([]);
    const { meta } = name;
    expect(stoneMentions({ type: 'AwardLot', buyer: 'graff', meta })).toEqual([
      { party: 'graff', field: 'buyer' },
    ]);
    const report = { laboratory: 'gia', reportNo: '1', meta } as const;
    expect(stoneMentions({ type: 'MatchReport', method: 'scan', ...report })).toEqual([
      { party: 'gia', field: 'laboratory' },
    ]);
    expect(stoneMentions({ type: 'FindReportMismatch', finding: 'pink', ...report })).toEqual([
      { party: 'gia', field: 'laboratory' },
    ]);
  });
});
