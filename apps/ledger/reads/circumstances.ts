import { Day } from '#apps/ledger/bodies';
import { OneOf, Optional } from '#apps/ledger/fields';
import { AsKnownQuery } from '#apps/ledger/reads/as-known';
import { acts, procedures, uses } from '#libs/rulebook/facts';
import type { Act, Circumstances, Procedure } from '#libs/rulebook/facts';

/** What only who asks can say of the act; left out: import, for commerce. */
export class CircumstancesQuery extends AsKnownQuery {
  @Optional(OneOf(acts)) readonly act?: Act;
  @Optional(OneOf(uses)) readonly use?: Circumstances['use'];
  @Optional(OneOf(procedures)) readonly procedure?: Procedure;
  @Optional(Day('2024-10-01')) readonly contract?: string;
}

export function circumstancesIn({ use, procedure, contract }: CircumstancesQuery): Circumstances {
  return {
    ...(use && { use }),
    ...(procedure && { procedure }),
    ...(contract !== undefined && { contractOn: contract }),
  };
}
