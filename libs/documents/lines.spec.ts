import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { typefaceFor } from '#libs/documents/fonts';
import { linesOf } from '#libs/documents/lines';

const alphabet = 'abcdefgh ijklmnop-/ .,(Привет мир 周大福钻石 ßéΩ';

describe('lines', () => {
  it('hold the whole text in order, and are no wider than they may', async () => {
    const face = await typefaceFor(alphabet, 'regular');
    const text = fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), maxLength: 300 });
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 400 }), (said, width) => {
        const lines = linesOf(said, face, 10, width).map((runs) =>
          runs.map((run) => run.text).join(''),
        );
        const bare = (some: string) => some.replaceAll(/\s/g, '');
        expect(bare(lines.join(''))).toBe(bare(said));
        for (const line of lines) {
          if (Array.from(line).length > 1)
            expect(face.width(line) * 10).toBeLessThanOrEqual(width + 0.5);
        }
      }),
    );
  });

  it('end after spaces and hyphens, and between Chinese characters', async () => {
    const text = 'almazy-anabara 周大福珠宝';
    const face = await typefaceFor(text, 'regular');
    const broken = (width: number) =>
      linesOf(text, face, 10, width).map((runs) => runs.map((run) => run.text).join(''));
    expect(broken(200)).toEqual(['almazy-anabara 周大福珠宝']);
    expect(broken(85)).toEqual(['almazy-anabara', '周大福珠宝']);
    expect(broken(41)).toEqual(['almazy-', 'anabara', '周大福珠', '宝']);
  });
});
