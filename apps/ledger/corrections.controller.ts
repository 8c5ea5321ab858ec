import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody } from '#apps/ledger/bodies';
import { Count, Form, Judged, ListOf, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';

/** What the value must be depends on the field: the ledger says so. */
const Value = () =>
  Judged('value', (value) => (value === undefined ? 'must be given' : undefined), {
    example: { mct: 1020, qualifier: 'eq', basis: 'weighed' },
  });

class ChangeBody {
  @Form(/^(?:at|place|data(?:\.[A-Za-z0-9]+)+)$/, 'at, place or a path in data', 100, 'data.weight')
  readonly field!: string;
  @Value() readonly to!: unknown;
}

class AnnulEventBody extends ActBody {
  @Count(0, Number.MAX_SAFE_INTEGER, 3) readonly target!: number;
  @Text(500, 'the scales were not zeroed') readonly reason!: string;
}

class CorrectRecordBody extends AnnulEventBody {
  @ListOf(() => ChangeBody, { most: 50 }) readonly changes!: ChangeBody[];
}

const documents = [{ type: 'weighing-slip', number: 'W-118', sha256: 'ab'.repeat(32) }];
const reason = 'the scales were not zeroed';

/**
 * What was recorded wrongly is never changed: it is said again, or said not to have happened, with
 * the evidence. `target` is the revision of the event, as the history shows it.
 */
@ApiTags('corrections')
@Controller([
  'v1/stones/:id',
  'v1/parcels/:id',
  'v1/jewellery/:id',
  'v1/parties/:id',
  'v1/certificates/:id',
  'v1/shipments/:id',
  'v1/reports/:id',
  'v1/flags/:id',
])
export class CorrectionsController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'correct-record',
    'Whoever stated an event, or an officer, says how it should have read',
    CorrectRecordBody,
    {
      target: 3,
      changes: [{ field: 'data.weight', to: { mct: 1020, qualifier: 'eq', basis: 'weighed' } }],
      reason,
      documents,
    },
  )
  correctRecord(@Called() call: Call, @Body() body: CorrectRecordBody) {
    return this.acts.anything(call, body, (given, meta) => ({
      type: 'CorrectRecord',
      ...given,
      meta,
    }));
  }

  @acts(
    'annul-event',
    'Whoever stated an event, or an officer, says that it did not happen',
    AnnulEventBody,
    { target: 3, reason: 'it was another stone', documents },
  )
  annulEvent(@Called() call: Call, @Body() body: AnnulEventBody) {
    return this.acts.anything(call, body, (given, meta) => ({
      type: 'AnnulEvent',
      ...given,
      meta,
    }));
  }
}
