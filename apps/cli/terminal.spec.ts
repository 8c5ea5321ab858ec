import { expect, it } from '@jest/globals';
import { printable } from '#apps/cli/terminal';

it('shows control characters of a name from outside, and obeys only its own', () => {
  expect(printable('a\u001b]0;owned\u0007b\u009b2Jc\rd')).toBe(
    'a\uFFFD]0;owned\uFFFDb\uFFFD2Jc\uFFFDd',
  );
  expect(printable('\u001b[1mbold\u001b[22m\nnext')).toBe('\u001b[1mbold\u001b[22m\nnext');
});
