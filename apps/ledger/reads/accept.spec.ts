import { expect, it } from '@jest/globals';
import { preferred } from '#apps/ledger/reads/accept';

const offered = ['application/pdf', 'application/json'] as const;

it.each([
  [undefined, 'application/pdf'],
  ['*/*', 'application/pdf'],
  ['application/json', 'application/json'],
  ['application/json, */*;q=0.1', 'application/json'],
  ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/pdf'],
  ['application/pdf;q=0.5, application/json;q=0.9', 'application/json'],
  ['application/*', 'application/pdf'],
  ['*/*, application/pdf;q=0', 'application/json'],
  ['Application/JSON; q=1', 'application/json'],
  ['text/html', undefined],
  ['application/pdf;q=high', undefined],
])('Accept: %s gets %s', (accept, media) => {
  expect(preferred(accept, offered)).toBe(media);
});
