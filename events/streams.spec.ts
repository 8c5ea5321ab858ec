import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  certificateId,
  certificateNumber,
  certificateStream,
  parseStream,
  reportId,
  reportStream,
} from '#events/streams';

const letters = fc.constantFrom('A', 'Z', '0', '9', '/', '-', 'X', '2', 'F');
const number = fc
  .tuple(
    fc.constantFrom('RU', 'EU', 'SL'),
    fc.string({ unit: letters, minLength: 1, maxLength: 20 }),
  )
  .map((parts) => parts.join(''));

describe('the id of a certificate', () => {
  it('is a stream’s for every number there can be, and no other number’s', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(certificateNumber.test(a)).toBe(true);
        expect(parseStream(certificateStream(certificateId(a)))?.category).toBe('certificate');
        expect(certificateId(a) === certificateId(b)).toBe(a === b);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['RU0012345', 'ru0012345'],
    ['SL/12-3', 'sl.12-3'],
    ['SL12/', 'sl12~x2fz'],
    ['SL--1', 'sl~x2dz~x2dz1'],
  ])('of %s is %s', (printed, id) => expect(certificateId(printed)).toBe(id));
});

describe('the id of a report', () => {
  it('is the laboratory’s, letters alike in either case', () => {
    expect(reportId('igi', 'LG-77.1')).toBe('igi.lg-77~x2ez1');
    expect(reportId('igi', 'lg-77.1')).toBe(reportId('igi', 'LG-77.1'));
    expect(parseStream(reportStream(reportId('gia', '2141438171')))?.id).toBe('gia.2141438171');
    expect(parseStream(reportStream(reportId('gia', '№ 1')))).toBeUndefined();
  });
});
