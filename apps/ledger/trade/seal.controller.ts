import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, DocumentBody, OriginBody } from '#apps/ledger/bodies';
import { Of, OneOf, Optional, Text, Texts } from '#apps/ledger/fields';
import type { OriginContestResolved, OriginEvidenceAttached } from '#events/origin-claim';
import { acts } from '#apps/ledger/shown';

type Kind = OriginEvidenceAttached['data']['kind'];
type Outcome = OriginContestResolved['data']['outcome'];
const kinds: readonly Kind[] = [
  'kimberley-certificate',
  'mine-record',
  'scan',
  'statement',
  'analysis',
  'other',
];
const outcomes: readonly Outcome[] = ['upheld', 'dismissed', 'withdrawn'];

class VerifySealBody extends ActBody {
  @Text(60, 'SEAL-0118') readonly sealNo!: string;
}

class SealPacketBody extends VerifySealBody {
  @Optional(Text(60, 'BOX-4')) readonly containerNo?: string;
}

class ReportSealBreachBody extends ActBody {
  @Optional(Text(60, 'SEAL-0119')) readonly foundNo?: string;
  @Text(500, 'another number on the seal') readonly finding!: string;
}

class UnsealPacketBody extends ActBody {
  @Text(500, 'customs inspection') readonly reason!: string;
}

class AttachOriginEvidenceBody extends ActBody {
  @OneOf(kinds, 'mine-record') readonly kind!: Kind;
  @Of(() => DocumentBody) readonly document!: DocumentBody;
  @Texts(2, ['BW'], { least: 0, most: 60 }) readonly countries!: string[];
}

class ContestOriginBody extends ActBody {
  @Text(60, 'CONTEST-3') readonly contestNo!: string;
  @Text(500, 'the mine was closed that month') readonly ground!: string;
  @Optional(Of(() => OriginBody)) readonly origin?: OriginBody;
}

class ResolveOriginContestBody extends ActBody {
  @Text(60, 'CONTEST-3') readonly contestNo!: string;
  @OneOf(outcomes) readonly outcome!: Outcome;
  @Text(500, 'the production record shows it') readonly ground!: string;
}

/** Sealed packets, and what is said for and against an origin. */
@ApiTags('seals and origin claims')
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id'])
export class SealController {
  constructor(private readonly acts: Acts) {}

  @acts('seal-packet', 'The custodian seals the packet', SealPacketBody, { sealNo: 'SEAL-0118' })
  sealPacket(@Called() call: Call, @Body() body: SealPacketBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'SealPacket', ...given, meta }));
  }

  @acts('verify-seal', 'The seal is whole and the same', VerifySealBody, { sealNo: 'SEAL-0118' })
  verifySeal(@Called() call: Call, @Body() body: VerifySealBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'VerifySeal', ...given, meta }));
  }

  @acts('report-seal-breach', 'The seal is broken or another', ReportSealBreachBody, {
    foundNo: 'SEAL-0119',
    finding: 'another number on the seal',
  })
  reportSealBreach(@Called() call: Call, @Body() body: ReportSealBreachBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ReportSealBreach',
      ...given,
      meta,
    }));
  }

  @acts('unseal-packet', 'The custodian opens the packet for a reason', UnsealPacketBody, {
    reason: 'customs inspection',
  })
  unsealPacket(@Called() call: Call, @Body() body: UnsealPacketBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'UnsealPacket', ...given, meta }));
  }

  @acts(
    'attach-origin-evidence',
    'A paper behind the origin, by its hash',
    AttachOriginEvidenceBody,
    {
      kind: 'mine-record',
      document: { type: 'production record', sha256: 'ab'.repeat(32) },
      countries: ['BW'],
    },
  )
  attachOriginEvidence(@Called() call: Call, @Body() body: AttachOriginEvidenceBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'AttachOriginEvidence',
      ...given,
      meta,
    }));
  }

  @acts('contest-origin', 'A party says the recorded origin is wrong', ContestOriginBody, {
    contestNo: 'CONTEST-3',
    ground: 'the mine was closed that month',
  })
  contestOrigin(@Called() call: Call, @Body() body: ContestOriginBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ContestOrigin',
      ...given,
      meta,
    }));
  }

  @acts(
    'resolve-origin-contest',
    'An authority decides, or the claimant withdraws',
    ResolveOriginContestBody,
    { contestNo: 'CONTEST-3', outcome: 'upheld', ground: 'the production record shows it' },
  )
  resolveOriginContest(@Called() call: Call, @Body() body: ResolveOriginContestBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ResolveOriginContest',
      ...given,
      meta,
    }));
  }
}
