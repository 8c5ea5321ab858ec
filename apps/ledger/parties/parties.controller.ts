import { Body, Controller, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called, knownForm } from '#apps/ledger/acts';
import { ActBody } from '#apps/ledger/bodies';
import { Country, Gln, NewId, OneOf, Optional, SomeOf, Text, Texts } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { PartyRole } from '#events/values';
import { partyRoles } from '#events/values';
import { mintApiKey } from '#libs/signing/api-key';

class RegisterPartyBody extends ActBody {
  @NewId('antwerp-broker') readonly id!: string;
  @Text(200, 'Antwerp Broker NV') readonly name!: string;
  @Country('BE') readonly country!: string;
  @Optional(Gln()) readonly gln?: string;
  @SomeOf(partyRoles, ['dealer']) readonly roles!: PartyRole[];
  @Optional(Texts(200, ['Broker of Antwerp'], { most: 50 })) readonly aliases?: string[];
}

class GrantRoleBody extends ActBody {
  @OneOf(partyRoles, 'cutter') readonly role!: PartyRole;
}

class WithdrawRoleBody extends ActBody {
  @OneOf(partyRoles, 'cutter') readonly role!: PartyRole;
  @Text(500, 'licence ended') readonly reason!: string;
}

class IssueKeyBody extends ActBody {
  @SomeOf(partyRoles, ['dealer']) readonly roles!: PartyRole[];
  @Optional(Text(100, 'back office')) readonly label?: string;
}

class RevokeKeyBody extends ActBody {
  @Optional(Text(500, 'the laptop was lost')) readonly reason?: string;
}

const done = (type: string, revision: number) => ({
  stream: 'party-antwerp-broker',
  revision,
  position: '130',
  events: [{ type, revision }],
  replayed: false,
});

/** Who takes part, in which roles, with which keys. */
@ApiTags('parties')
@Controller('v1/parties')
export class PartiesController {
  constructor(private readonly acts: Acts) {}

  @acts(
    '',
    'An operator lets a party take part',
    RegisterPartyBody,
    {
      id: 'antwerp-broker',
      name: 'Antwerp Broker NV',
      country: 'BE',
      gln: '9506000134352',
      roles: ['dealer'],
    },
    done('PartyRegistered', 0),
  )
  register(@Called() call: Call, @Body() { id, ...body }: RegisterPartyBody) {
    return this.acts.party({ ...call, id }, body, (given, meta) => ({
      type: 'RegisterParty',
      ...given,
      meta,
    }));
  }

  @acts(
    ':id/roles',
    'An operator grants a role, from the day of the act',
    GrantRoleBody,
    { role: 'cutter' },
    done('PartyRoleGranted', 1),
  )
  grantRole(@Called() call: Call, @Body() body: GrantRoleBody) {
    return this.acts.party(call, body, (given, meta) => ({ type: 'GrantRole', ...given, meta }));
  }

  @acts(
    ':id/roles/withdraw',
    'An operator withdraws a role, from the day of the act',
    WithdrawRoleBody,
    { role: 'cutter', reason: 'licence ended' },
    done('PartyRoleWithdrawn', 2),
  )
  withdrawRole(@Called() call: Call, @Body() body: WithdrawRoleBody) {
    return this.acts.party(call, body, (given, meta) => ({ type: 'WithdrawRole', ...given, meta }));
  }

  @acts(
    ':id/keys',
    'Binds a new API key to the party; the key is shown this once and never again',
    IssueKeyBody,
    { roles: ['dealer'], label: 'back office' },
    { ...done('ApiKeyIssued', 3), keyId: '0123456789abcdef', key: 'adm_0123456789abcdef_…' },
  )
  async issueKey(@Called() call: Call, @Body() body: IssueKeyBody) {
    const partyId = knownForm(call.id);
    const { token, keyId, secretSha256 } = mintApiKey();
    const recorded = await this.acts.party(call, body, (given, meta) => ({
      type: 'IssueApiKey',
      partyId,
      keyId,
      secretSha256,
      ...given,
      meta,
    }));
    return { ...recorded, keyId, key: token };
  }

  @ApiParam({ name: 'keyId', example: '0123456789abcdef' })
  @acts(
    ':id/keys/:keyId/revoke',
    'The key opens nothing from now on',
    RevokeKeyBody,
    { reason: 'the laptop was lost' },
    done('ApiKeyRevoked', 4),
  )
  revokeKey(@Called() call: Call, @Param('keyId') keyId: string, @Body() body: RevokeKeyBody) {
    const partyId = knownForm(call.id);
    return this.acts.party(call, body, (given, meta) => ({
      type: 'RevokeApiKey',
      partyId,
      keyId: knownForm(keyId, 'keyId'),
      ...given,
      meta,
    }));
  }
}
