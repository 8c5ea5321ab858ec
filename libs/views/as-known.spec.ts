import { describe, expect, it } from '@jest/globals';
import { refuseToCome } from '#libs/views/as-known';
import type { Question } from '#libs/views/as-known';

const now = '2026-03-10T15:00:00.000Z';

describe('a question about what is still to come', () => {
  it.each<[Question, string, string]>([
    [{ validAt: '2026-03-12' }, 'in-the-future', 'valid-at'],
    [{ validAt: '9999-12-31' }, 'in-the-future', 'valid-at'],
    [{ knownAt: { day: '2026-03-11' } }, 'in-the-future', 'known-at'],
    [{ knownAt: { position: 8n } }, 'not-yet-recorded', 'known-at'],
    [{ validAt: '2020-01-01', knownAt: { position: 8n } }, 'not-yet-recorded', 'known-at'],
  ])('%p is refused as %s', (question, code, field) => {
    const refusal = expect.objectContaining({ code, details: { field } });
    expect(() => refuseToCome(question, 7n, now)).toThrow(refusal);
  });

  it.each<[Question]>([
    [{ validAt: '2026-03-11' }],
    [{ knownAt: { day: '2026-03-10' } }],
    [{ knownAt: { position: 7n } }],
    [{ knownAt: { position: 0n } }],
    [{ validAt: '1700-01-01', knownAt: { day: '1700-01-01' } }],
    [{}],
  ])('%p is none: the day has begun somewhere, the position is there', (question) => {
    expect(() => refuseToCome(question, 7n, now)).not.toThrow();
  });
});
