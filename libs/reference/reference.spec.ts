import { describe, expect, it } from '@jest/globals';
import { dayAfter, daysOf, isDay } from '#libs/reference/calendar';
import { countries, isCountry } from '#libs/reference/countries';
import { hubByUnlocode, hubs } from '#libs/reference/hubs';
import { participantOn, participants } from '#libs/reference/kimberley-participants';
import { mineById, mineOperatingOn, mines } from '#libs/reference/mines';
import { sieveForDiameter, sieves, sievesOf } from '#libs/reference/sieves';

const sharedIds = (ids: readonly string[]) => ids.filter((id, at) => ids.indexOf(id) !== at);

/** A year, month or day that exists. */
const isDate = (text: string) => isDay(daysOf(text).first);

const isOnEarth = ({ lat, lon }: Readonly<{ lat: number; lon: number }>) =>
  Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

describe('the data', () => {
  it('gives a source for every entry', () => {
    const unsourced = [...mines(), ...hubs(), ...participants(), ...sieves()].filter(
      ({ source }) => source.trim() === '',
    );
    expect(unsourced).toEqual([]);
  });

  it('uses each id once', () => {
    for (const entries of [mines(), hubs(), participants()]) {
      expect(sharedIds(entries.map(({ id }) => id))).toEqual([]);
    }
    expect(sharedIds(participants().map(({ certificatePrefix }) => certificatePrefix))).toEqual([]);
    expect(sharedIds(hubs().flatMap(({ unlocode }) => unlocode ?? []))).toEqual([]);
    expect(sharedIds(sieves().map(({ over }) => over))).toEqual([]);
  });

  it('names countries by ISO 3166-1 codes, which the ids and UN/LOCODEs agree with', () => {
    for (const { id, country } of mines()) {
      expect([id, isCountry(country), id.slice(0, 2).toUpperCase()]).toEqual([id, true, country]);
    }
    for (const { id, country, unlocode } of hubs()) {
      expect([id, isCountry(country)]).toEqual([id, true]);
      expect(unlocode ?? `${country}XXX`).toMatch(new RegExp(`^${country}[A-Z2-9]{3}$`));
    }
    for (const { certificatePrefix, memberStates = [] } of participants()) {
      expect([
        certificatePrefix === 'EU' || isCountry(certificatePrefix),
        certificatePrefix,
      ]).toEqual([true, certificatePrefix]);
      expect(memberStates.filter((country) => !isCountry(country))).toEqual([]);
    }
  });

  it('knows every official country code and no other', () => {
    expect(countries.size).toBe(249);
    const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
    expect([...countries].filter((code) => names.of(code) === undefined)).toEqual([]);
    expect(['SU', 'ZZ', 'EU', 'UK', 'ru', 'RUS', ''].filter(isCountry)).toEqual([]);
  });

  it('dates everything with dates that exist, in order', () => {
    const years = [1700, 2100] as const;
    for (const { id, statusAsOf, commissioned, closed } of mines()) {
      expect([id, isDate(statusAsOf)]).toEqual([id, true]);
      for (const year of [commissioned, closed]) {
        if (year === null) continue;
        expect([id, Number.isInteger(year) && year > years[0] && year < years[1]]).toEqual([
          id,
          true,
        ]);
      }
      expect([id, (commissioned ?? -Infinity) < (closed ?? Infinity)]).toEqual([id, true]);
    }
    for (const { id, statusAsOf, restrictions } of participants()) {
      expect([id, isDate(statusAsOf)]).toEqual([id, true]);
      for (const { from, to = '2100', source } of restrictions) {
        expect([id, isDate(from), isDate(to), from <= to]).toEqual([id, true, true, true]);
        expect([id, source.trim()]).not.toContain('');
      }
    }
  });

  it('places mines and hubs on the earth', () => {
    const placed = [...mines(), ...hubs()].flatMap(({ coordinates }) => coordinates ?? []);
    expect(placed.length).toBeGreaterThan(hubs().length);
    expect(placed.filter((place) => !isOnEarth(place))).toEqual([]);
  });

  it('uses only statuses and kinds of restriction that the look-ups answer for', () => {
    expect(new Set(mines().map(({ status }) => status))).toEqual(
      new Set([
        'producing',
        'artisanal',
        'construction',
        'suspended',
        'care-and-maintenance',
        'closed',
        'unknown',
      ]),
    );
    expect(new Set(participants().map(({ status }) => status))).toEqual(
      new Set(['participant', 'meets-minimum-requirements']),
    );
    expect(
      new Set(participants().flatMap((each) => each.restrictions.map(({ kind }) => kind))),
    ).toEqual(new Set(['suspended', 'self-suspended', 'partial', 'lifted']));
  });

  it('has sieves that follow each other without a gap and grow', () => {
    for (const [at, sieve] of sieves().entries()) {
      const before = sieves()[at - 1];
      if (before === undefined) continue;
      expect(sieve.mmFrom).toBe(before.mmTo);
      expect(Number(sieve.averageCt)).toBeGreaterThan(Number(before.averageCt));
    }
  });
});

describe('a mine', () => {
  it('Ebelyakh is found by its id', () => {
    expect(mineById('ru-ebelyakh')).toMatchObject({ name: 'Ebelyakh', country: 'RU' });
    expect(mineById('ru-atlantis')).toBeUndefined();
  });

  it.each([
    ['was at work when its status was reported', 'ru-ebelyakh', '2024-09-15', 'yes'],
    ['is not known to have been at work before', 'ru-ebelyakh', '2020-01-01', 'unknown'],
    ['is not known to be at work after', 'ru-ebelyakh', '2025-01-01', 'unknown'],
    ['has stood still since it was suspended', 'ru-khara-mas', '2025-06-01', 'no'],
    ['is not known to have stood still before', 'ru-khara-mas', '2025-03-31', 'unknown'],
    ['was not at work before it was commissioned', 'bw-karowe', '2011-12-31', 'no'],
    ['may have begun any day of that year', 'bw-karowe', '2012-06-01', 'unknown'],
    ['was at work between its years', 'au-argyle', '2000-01-01', 'yes'],
    ['was at work no longer after its last', 'au-argyle', '2021-01-01', 'no'],
    ['was at work no longer, whatever became of its dumps', 'za-jagersfontein', '2000-01-01', 'no'],
    ['stood flooded from that day on', 'ru-mir', '2017-08-04', 'no'],
    ['was at work the day before', 'ru-mir', '2017-08-03', 'yes'],
    ['may have rested between two of its lives', 'ru-mir', '2005-01-01', 'unknown'],
    ['was at work until its last day', 'au-argyle', '2020-11-03', 'yes'],
    ['was at work no longer on the next', 'au-argyle', '2020-11-04', 'no'],
    ['stood still for a while', 'tz-williamson', '2022-11-15', 'no'],
    ['came back on a day nobody told', 'tz-williamson', '2023-04-01', 'unknown'],
    ['worked until it was suspended', 'ru-verkhne-munskoye', '2025-06-14', 'yes'],
    ['was suspended', 'ru-verkhne-munskoye', '2025-06-15', 'no'],
    ['was not at work while being built', 'ru-mayskoye', '2020-01-01', 'no'],
    ['that nobody reported on stays unknown', 'ca-diavik', '2024-01-01', 'unknown'],
    ['that is not in the data stays unknown', 'ru-atlantis', '2024-01-01', 'unknown'],
  ])('%s', (_, id, day, answer) => {
    expect(mineOperatingOn(id, day)).toBe(answer);
  });
});

it('finds hubs by their UN/LOCODE', () => {
  expect(hubByUnlocode('BEANR')?.id).toBe('antwerp');
  expect(hubByUnlocode('RUVVO')?.id).toBe('vladivostok');
  expect(hubByUnlocode('beanr')).toBeUndefined();
});

it('finds sieves by diameter, lower end included, and by number', () => {
  expect(sieveForDiameter(180)?.over).toBe('+6.5');
  expect(sieveForDiameter(179)?.over).toBe('+6');
  expect(sieveForDiameter(79)).toBeUndefined();
  expect(sieveForDiameter(370)).toBeUndefined();
  expect(sievesOf('+6.5').map(({ group }) => group)).toEqual(['melee']);
});

it('finds the sieves of the groups of the trade', () => {
  const ends = (written: string) => {
    const found = sievesOf(written);
    return [found[0]?.over, found.at(-1)?.under, found.length];
  };
  expect(ends('+6.5-11')).toEqual(['+6.5', '-11', 9]);
  expect(ends('+2-6.5')).toEqual(['+2', '-6.5', 9]);
  expect(ends('-2')).toEqual(['+0000', '-2', 5]);
  for (const none of ['+11-6.5', '+6.6', '6.5', '+6.5-', '', '-', '+6.5+7', 'melee']) {
    expect([none, sievesOf(none)]).toEqual([none, []]);
  }
});

describe('Kimberley participation', () => {
  it.each([
    ['BE', '2025-06-01', 'kp-eu', 'participant'],
    ['GL', '2025-06-01', 'kp-eu', 'participant'],
    ['HK', '2025-06-01', 'kp-cn', 'participant'],
    ['GB', '2022-01-01', 'kp-gb', 'participant'],
    ['GB', '2020-12-31', 'kp-eu', 'participant'],
    ['GB', '2003-10-30', 'kp-eu', 'unknown'],
    ['PL', '2004-04-30', undefined, 'unknown'],
    ['PL', '2004-05-01', 'kp-eu', 'participant'],
    ['HR', '2013-06-30', undefined, 'unknown'],
    ['RU', '2025-06-01', 'kp-ru', 'participant'],
    ['BW', '2010-01-01', 'kp-bw', 'participant'],
    ['BW', '2003-10-30', 'kp-bw', 'unknown'],
    ['NO', '2010-01-01', 'kp-no', 'unknown'],
    ['LR', '2007-05-02', 'kp-lr', 'unknown'],
    ['LR', '2007-05-03', 'kp-lr', 'participant'],
    ['QA', '2020-12-31', 'kp-qa', 'not-a-participant'],
    ['QA', '2021-06-01', 'kp-qa', 'unknown'],
    ['QA', '2022-01-01', 'kp-qa', 'participant'],
    ['TW', '2025-06-01', 'kp-tw', 'meets-minimum-requirements'],
    ['PK', '2025-06-01', undefined, 'not-a-participant'],
    ['PK', '2010-06-01', undefined, 'unknown'],
  ])('of %s on %s is that of %s: %s', (country, day, id, status) => {
    const found = participantOn(country, day);
    expect([found.participant?.id, found.status]).toEqual([id, status]);
  });

  it.each([
    ['2013-05-22', undefined],
    ['2013-05-23', 'suspended'],
    ['2015-07-31', 'suspended'],
    ['2015-08-01', 'partial'],
    ['2024-11-14', 'partial'],
    ['2024-11-15', 'lifted'],
  ])('of the Central African Republic on %s is %s', (day, kind) => {
    expect(participantOn('CF', day).restriction?.kind).toBe(kind);
  });
});

describe('days', () => {
  it('know leap years', () => {
    expect(['2024-02-29', '2000-02-29'].every(isDay)).toBe(true);
    expect(
      [
        '2023-02-29',
        '1900-02-29',
        '2024-00-10',
        '2024-13-01',
        '2024-01-00',
        '24-01-01',
        '2024-01-01 ',
      ].some(isDay),
    ).toBe(false);
  });

  it('follow each other over months and years', () => {
    expect(dayAfter('2024-02-28')).toBe('2024-02-29');
    expect(dayAfter('2023-02-28')).toBe('2023-03-01');
    expect(dayAfter('2023-12-31')).toBe('2024-01-01');
  });

  it('stand for months and years', () => {
    expect(daysOf('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
    expect(daysOf('2024')).toEqual({ first: '2024-01-01', last: '2024-12-31' });
  });
});
