import { always } from '#libs/rulebook/wording';
import type { Rule } from '#libs/rulebook/rule';

type Hook = Pick<
  Rule,
  'instrument' | 'article' | 'citation' | 'effectiveFrom' | 'publishedOn' | 'confidence' | 'sources'
>;

/**
 * The Kimberley layer of one jurisdiction, which stands beside its sanctions: rough must travel
 * under a certificate, whatever its origin, value or quantity, industrial rough included.
 */
export function kimberleyRules(hook: Hook): readonly Rule[] {
  const base = {
    ...hook,
    layer: 'kimberley',
    hs: ['710210', '710221', '710231'],
    material: 'natural',
    acts: ['import'],
    state: 'in-force',
    effectiveTo: null,
    afterwards: null,
    endPublishedOn: null,
    reading: null,
  } as const;
  return [
    {
      ...base,
      id: 'KP-1',
      summary: 'rough whose Kimberley certificate is known to be missing or invalid',
      kind: 'ban',
      exceptions: [],
      when: { test: 'kimberley-refused' },
    },
    {
      ...base,
      id: 'KP-2',
      summary: 'rough needs a Kimberley certificate on file',
      kind: 'evidence',
      needs: [
        ['kimberley-single'],
        ['kimberley-listed'],
        ['kimberley-mixed'],
        ['kimberley-unstated'],
      ],
      when: always,
    },
  ];
}
