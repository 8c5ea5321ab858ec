import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { uniqueThresholdOn } from '#libs/reference/unique-stones';
import { acceptedOn, warrantyText, warrantyTexts, wordingOn } from '#libs/reference/warranties';

describe('warranty texts', () => {
  it.each(warrantyTexts().map((text) => [text.version, text] as const))(
    'have the hash of their words and a source: %s',
    (_, { text, sha256, source, onMemo = { text, sha256 } }) => {
      for (const each of [{ text, sha256 }, onMemo]) {
        expect(createHash('sha256').update(each.text).digest('hex')).toBe(each.sha256);
      }
      expect(source).not.toBe('');
    },
  );

  it.each([
    ['WDC-2002', '2001-12-31', true, false],
    ['WDC-2002', '2024-09-21', true, true],
    ['WDC-2002', '2024-09-22', true, false],
    ['WDC-2002', '2024-09-22', false, true],
    ['WDC-2002', '2026-09-22', false, false],
    ['WDC-2021', '2021-09-20', false, false],
    ['WDC-2021', '2021-09-21', true, true],
  ])('of %s were accepted on %s for rough (%s): %s', (version, day, isRough, accepted) => {
    const text = warrantyText(version);
    expect(text && acceptedOn(text, day, isRough)).toBe(accepted);
  });

  it('say on a memo what they say on an invoice, except that diamonds of natural origin are on memo', () => {
    for (const text of warrantyTexts()) {
      const { text: said } = wordingOn(text, 'memo');
      const isOther = text.version === 'WFDB-natural';
      expect(said).toBe(isOther ? text.text.replace('herein invoiced', 'herein memo') : text.text);
      expect(wordingOn(text, 'invoice')).toBe(text);
    }
  });

  it('are never made up', () => expect(warrantyText('WDC-1999')).toBeUndefined());
});

describe('the threshold of unique stones', () => {
  it('is the one in force that day', () => {
    expect(uniqueThresholdOn('2016-02-14', 'RU')).toBeUndefined();
    expect(uniqueThresholdOn('2016-02-15', 'RU')).toMatchObject({ roughMct: 50_000 });
  });
});
