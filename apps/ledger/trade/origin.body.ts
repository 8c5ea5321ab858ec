import { ActBody, OriginBody } from '#apps/ledger/bodies';
import { Of, OneOf } from '#apps/ledger/fields';
import type { OriginDeclared } from '#events/stone';

type Purpose = OriginDeclared['data']['purpose'];
const purposes: readonly Purpose[] = ['kimberley', 'customs', 'g7', 'retail'];

/** A claim of mining origin, of a stone, a parcel or a piece of jewellery. */
export class DeclareOriginBody extends ActBody {
  @Of(() => OriginBody) readonly origin!: OriginBody;
  @OneOf(purposes) readonly purpose!: Purpose;
}
