import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called, knownForm } from '#apps/ledger/acts';
import { ActBody, Day } from '#apps/ledger/bodies';
import {
  Count,
  Country,
  Flag,
  Form,
  Id,
  ListOf,
  OneOf,
  Optional,
  Sha256,
  Text,
  Texts,
} from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { ScreeningPerformed } from '#events/party';

type Outcome = ScreeningPerformed['data']['outcome'];
const outcomes: readonly Outcome[] = ['clear', 'possible-match', 'match'];

class ScreenPartyBody extends ActBody {
  @Text(200, 'EU consolidated list') readonly list!: string;
  @Day('2025-04-04') readonly listDate!: string;
  @OneOf(outcomes) readonly outcome!: Outcome;
  @Sha256() readonly resultSha256!: string;
}

class ShareholderBody {
  @Text(200, 'Diamond Family Holding') readonly name!: string;
  @Optional(Country('BE')) readonly country?: string;
  @Optional(Id('antwerp-broker')) readonly party?: string;
  @Count(0, 1_000_000, 510_000) readonly ppm!: number;
  @Optional(Flag(true)) readonly controls?: boolean;
}

class DeclareOwnershipBody extends ActBody {
  @ListOf(() => ShareholderBody, { least: 0, most: 100 }) readonly shareholders!: ShareholderBody[];
}

class DesignationBody extends ActBody {
  @Form(/^[A-Z]{2}$/, 'a jurisdiction of two capital letters', 2, 'US')
  readonly jurisdiction!: string;
  @Text(200, 'SDN, E.O. 14024') readonly list!: string;
  @Day('2022-04-07') readonly from!: string;
  @Text(300, 'OFAC, 7 April 2022') readonly citation!: string;
}

const designation = {
  jurisdiction: 'US',
  list: 'SDN, E.O. 14024',
  from: '2022-04-07',
  citation: 'OFAC, 7 April 2022',
};

class DeclareAddressBody extends ActBody {
  @Texts(200, ['592 Fifth Avenue', 'New York, NY 10036', 'USA'], { most: 6 })
  readonly lines!: string[];
}

/** What is known of a party beyond its roles. */
@ApiTags('parties')
@Controller('v1/parties/:id')
export class DiligenceController {
  constructor(private readonly acts: Acts) {}

  @acts('screen-party', 'The party was compared with a list of a day', ScreenPartyBody, {
    list: 'EU consolidated list',
    listDate: '2025-04-04',
    outcome: 'clear',
    resultSha256: 'ab'.repeat(32),
  })
  screen(@Called() call: Call, @Body() body: ScreenPartyBody) {
    return this.acts.party(call, body, (given, meta) => ({ type: 'ScreenParty', ...given, meta }));
  }

  @acts(
    'declare-ownership',
    'Who owns the party from the day of the act on, as far as it is said',
    DeclareOwnershipBody,
    { shareholders: [{ name: 'Diamond Family Holding', country: 'BE', ppm: 510_000 }] },
  )
  declareOwnership(@Called() call: Call, @Body() body: DeclareOwnershipBody) {
    return this.acts.party(call, body, (given, meta) => ({
      type: 'DeclareOwnership',
      partyId: knownForm(call.id),
      ...given,
      meta,
    }));
  }

  @acts(
    'record-designation',
    'An operator or an authority records that a list of sanctioned persons names the party',
    DesignationBody,
    designation,
  )
  recordDesignation(@Called() call: Call, @Body() body: DesignationBody) {
    return this.acts.party(call, body, (given, meta) => ({
      type: 'RecordDesignation',
      ...given,
      meta,
    }));
  }

  @acts('end-designation', 'The list names the party no longer', DesignationBody, {
    ...designation,
    from: '2026-01-15',
    citation: 'OFAC, 15 January 2026',
  })
  endDesignation(@Called() call: Call, @Body() body: DesignationBody) {
    return this.acts.party(call, body, (given, meta) => ({
      type: 'EndDesignation',
      ...given,
      meta,
    }));
  }

  @acts(
    'declare-address',
    'What stands on the party’s letterhead from the day of the act on',
    DeclareAddressBody,
    { lines: ['592 Fifth Avenue', 'New York, NY 10036', 'USA'] },
  )
  declareAddress(@Called() call: Call, @Body() body: DeclareAddressBody) {
    return this.acts.party(call, body, (given, meta) => ({
      type: 'DeclareAddress',
      partyId: knownForm(call.id),
      ...given,
      meta,
    }));
  }
}
