import { describe, expect, it } from '@jest/globals';
import type { RuleBookAdopted } from '#events/rulebook';
import { fold } from '#libs/decider/decider';
import { rulebook } from '#libs/rulebook/adoption';
import { ruleBook } from '#libs/rulebook/rule-book';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { done } from '#test/support/done';
import { as, given, stated } from '#test/support/given';

const found = ruleBook().jurisdictions.find(({ id }) => id === 'CABY') as Jurisdiction;
const rules = found as unknown as Readonly<Record<string, unknown>>;
const operator = { ...as('registry', ['operator']), now: '2026-08-01T12:00:00Z' };
const adopt = {
  type: 'AdoptRuleBook',
  rulebookId: 'caby',
  version: '2026.1',
  sha256: 'a'.repeat(64),
  rules,
  meta: operator,
} as const;
const later = { ...rules, version: '2026.2' };
const next = { ...adopt, version: '2026.2', sha256: 'b'.repeat(64), rules: later } as const;
const data = { jurisdiction: 'CABY', version: '2026.1', sha256: adopt.sha256, rules };

describe('rules', () => {
  it('are adopted by an operator, whole', () => {
    given(rulebook)().when(adopt).thenRecorded({ type: 'RuleBookAdopted', data });
    given(rulebook)()
      .when({ ...adopt, meta: as('alrosa', ['producer']) })
      .thenRefused('role-needed');
    given(rulebook)()
      .when({ ...adopt, sha256: 'A' })
      .thenRefused('bad-hash');
  });

  it('are of the jurisdiction, and can be judged by', () => {
    given(rulebook)()
      .when({ ...adopt, rulebookId: 'ca' })
      .thenRefused('unknown-jurisdiction');
    given(rulebook)()
      .when({ ...adopt, rules: { ...rules, knownThrough: '2026-02-30' } })
      .thenRefused('bad-rule-file');
    given(rulebook)()
      .when({ ...adopt, rules: { ...rules, rules: [{}] } })
      .thenRefused('bad-rule-file');
  });

  it('do not take the name of a version that this build has with other content', () => {
    const other = { ...rules, knownThroughNote: 'another reading' };
    given(rulebook)()
      .when({ ...adopt, rules: other })
      .thenRefused('version-taken');
    const named = { ...other, version: '2026.2' };
    given(rulebook)()
      .when({ ...next, rules: named })
      .thenRecorded({
        type: 'RuleBookAdopted',
        data: { ...data, version: '2026.2', sha256: next.sha256, rules: named },
      });
  });

  it('are adopted under the name that the file bears, and no other', () => {
    const { version: _, ...nameless } = later;
    for (const [version, file] of [
      ['2026.3', later],
      ['2026.2', nameless],
      ['2026 2', { ...later, version: '2026 2' }],
    ] as const) {
      const asked = { ...next, version, rules: file };
      given(rulebook)().when(asked).thenRefused('bad-rule-file');
    }
  });

  it('that bear no name are taken up again under the one they were adopted by', () => {
    const { version: _, ...nameless } = later;
    const old = { ...data, version: 'old', sha256: 'd'.repeat(64), rules: nameless };
    const first: RuleBookAdopted = stated('registry', { type: 'RuleBookAdopted', data: old });
    given(rulebook)(first, ...done(rulebook, next))
      .when({ ...adopt, version: 'old', sha256: old.sha256, rules: nameless })
      .thenRecorded({ type: 'RuleBookAdopted', data: old });
  });

  it('cannot have been followed beyond the day on which they are adopted', () => {
    const through = (knownThrough: string) => ({ ...next, rules: { ...later, knownThrough } });
    given(rulebook)().when(through('2026-08-03')).thenRefused('bad-rule-file');
    const { rules: today } = through('2026-08-02');
    given(rulebook)()
      .when({ ...next, rules: today })
      .thenRecorded({
        type: 'RuleBookAdopted',
        data: { ...data, version: '2026.2', sha256: next.sha256, rules: today },
      });
  });

  it('keep their content once adopted, and may be taken up again', () => {
    const history = done(rulebook, adopt, next);
    given(rulebook)(...history)
      .when(next)
      .thenRefused('already-adopted');
    given(rulebook)(...history)
      .when({ ...adopt, sha256: 'c'.repeat(64) })
      .thenRefused('version-taken');
    given(rulebook)(...history)
      .when(adopt)
      .thenRecorded({ type: 'RuleBookAdopted', data });
    expect(fold(rulebook, history)?.version).toBe('2026.2');
  });
});
