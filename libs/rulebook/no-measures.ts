import { acts } from '#libs/rulebook/facts';
import { hsEntries } from '#libs/rulebook/hs';
import measures from '#libs/rulebook/no-measures.json' with { type: 'json' };
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';

/** What was looked for in vain (regulation.md §12): a country and why nothing is said of it. */
type NoMeasure = Readonly<
  Pick<Jurisdiction, 'id' | 'name'> &
    Pick<Rule, 'citation' | 'summary' | 'confidence' | 'sources'> & { rule: string }
>;

/**
 * Countries whose law was looked into and no measure on diamonds found. Their verdict on all goods
 * is UNDETERMINED, never CLEAR: by `NO_MEASURE_FOUND`, or by a rule of their own where something
 * hints at one. They are no part of the rule book: nothing about them is stored or listed.
 */
export const withoutMeasures: readonly Jurisdiction[] = (measures as readonly NoMeasure[]).map(
  ({ id, name, rule, citation, summary, confidence, sources }) => ({
    id,
    name,
    clock: 'universal',
    knownThrough: '2022-02-23',
    knownThroughNote: 'its law was not followed',
    silence: { id: rule, citation },
    ownership: null,
    readings: [],
    notChecked: [
      'designated persons: who sells, carries or pays is a separate answer',
      `measures of ${name} on diamonds: none was found, none was read`,
      'the Kimberley certificate of rough',
      'whether what the parties declared is true',
    ],
    rules: [
      {
        id: rule,
        chain: null,
        kind: 'unknown-law',
        layer: 'sanctions',
        instrument: 'none found',
        article: 'none found',
        citation,
        summary,
        hs: hsEntries.map(({ code }) => code),
        material: null,
        acts,
        state: 'in-force',
        effectiveFrom: null,
        effectiveTo: null,
        afterwards: null,
        publishedOn: null,
        endPublishedOn: null,
        when: { test: 'all', of: [] },
        confidence,
        sources,
        reading: null,
      },
    ],
  }),
);
