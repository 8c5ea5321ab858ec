import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hands } from '#test/e2e/goods-by-events';
import { build } from '#test/e2e/goods-by-events';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';
import { partyRoles } from '#events/values';
import { examplesIn } from '#test/support/rulebook-example';

const uses = {
  commercial: '',
  personal: '&use=personal',
  culturalLoan: '&use=cultural-loan',
  inUKlawfully: '&use=lawfully-in-destination&act=purchase',
} as const;

describe('the examples of the rule book, on goods built by events', () => {
  let service: Service;
  let hands: Hands;

  beforeAll(async () => {
    service = await serve();
    const roles = partyRoles.filter((role) => role !== 'operator' && role !== 'auditor');
    const one = await service.party('one', roles);
    hands = { names: ['one', 'other'], clients: [one, await service.party('other', roles)] };
  });
  afterAll(() => service.close());

  it.each(examplesIn('examples.jsonl').map((example) => [example.id, example] as const))(
    '%s',
    async (_, example) => {
      const { path, position } = await build(example, hands);
      const { jur, date, contract, use, expected: outcome, rule, citation } = example;
      const asked = `jurisdiction=${jur}&on=${date}&at-least=${position}${uses[use]}`;
      const signed = contract === undefined ? '' : `&contract=${contract}`;
      const { body } = await service.operator.get(`${path}/sanctions?${asked}${signed}`);
      const found = body.verdict ?? body;
      expect({ outcome: found.outcome, rule: found.rule, citation: found.citation }).toEqual({
        outcome,
        rule,
        citation,
      });
    },
  );
});
