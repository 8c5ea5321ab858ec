import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import {
  AmendCertificateBody,
  AnswerDoubtBody,
  ConfirmImportBody,
  contentExample,
  IssueCertificateBody,
  originOf,
  ReplaceCertificateBody,
  SuspectForgeryBody,
  ValidateCertificateBody,
  VoidCertificateBody,
} from '#apps/ledger/certificates/certificate-bodies';
import { acts } from '#apps/ledger/shown';

const at = { time: '2025-04-04', precision: 'day' };

/** Kimberley certificates; the path takes the number as printed, or its id. */
@ApiTags('certificates')
@Controller('v1/certificates/:id')
export class CertificatesController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'issue-certificate',
    'An authority of the participant the number names issues it; all of Annex I',
    IssueCertificateBody,
    { number: 'RU0012345', ...contentExample, at },
  )
  issue(@Called() call: Call, @Body() body: IssueCertificateBody) {
    return this.acts.certificate(call, body, ({ origin, ...given }, meta) => ({
      type: 'IssueCertificate',
      ...given,
      origin: originOf(origin),
      meta,
    }));
  }

  @acts(
    'amend-certificate',
    'The issuer writes it anew; possible until it is validated',
    AmendCertificateBody,
    { ...contentExample, reason: 'the importer moved', at },
  )
  amend(@Called() call: Call, @Body() body: AmendCertificateBody) {
    return this.acts.certificate(call, body, ({ origin, ...given }, meta) => ({
      type: 'AmendCertificate',
      ...given,
      origin: originOf(origin),
      meta,
    }));
  }

  @acts(
    'validate-certificate',
    'The exporting authority checked the container, sealed it, signed and stamped',
    ValidateCertificateBody,
    { signatory: 'I. Petrova', check: 'opened', sealNo: 'SEAL-0118' },
  )
  validate(@Called() call: Call, @Body() body: ValidateCertificateBody) {
    return this.acts.certificate(call, body, (given, meta) => ({
      type: 'ValidateCertificate',
      ...given,
      meta,
    }));
  }

  @acts(
    'confirm-import',
    'The importing authority tells the exporting one what arrived, once',
    ConfirmImportBody,
    {
      number: 'RU0012345',
      parcels: 1,
      mct: 236_000,
      importer: 'kgk',
      exporter: 'alrosa',
      receivedOn: '2025-04-20',
    },
  )
  confirmImport(@Called() call: Call, @Body() body: ConfirmImportBody) {
    return this.acts.certificate(call, body, (given, meta) => ({
      type: 'ConfirmImport',
      ...given,
      meta,
    }));
  }

  @acts('void-certificate', 'The issuer voids it before it is used', VoidCertificateBody, {
    reason: 'misprinted',
  })
  void(@Called() call: Call, @Body() body: VoidCertificateBody) {
    return this.acts.certificate(call, body, (given, meta) => ({
      type: 'VoidCertificate',
      ...given,
      meta,
    }));
  }

  @acts(
    'replace-certificate',
    'Another certificate, issued to replace it, takes its place',
    ReplaceCertificateBody,
    { replacement: 'RU0012346', reason: 'the paper was damaged' },
  )
  replace(@Called() call: Call, @Body() body: ReplaceCertificateBody) {
    return this.acts.certificate(call, body, (given, meta) => ({
      type: 'ReplaceCertificate',
      ...given,
      meta,
    }));
  }

  @acts(
    'suspect-forgery',
    'An authority doubts a paper it was shown; its shipment and goods are held',
    SuspectForgeryBody,
    { number: 'RU0012345', check: 'layout-differs', finding: 'the watermark is missing' },
  )
  suspect(@Called() call: Call, @Body() body: SuspectForgeryBody) {
    return this.acts.certificate(call, body, (given, meta) => ({
      type: 'SuspectForgery',
      ...given,
      meta,
    }));
  }

  @acts('confirm-forgery', 'The issuer answers: it is not its paper', AnswerDoubtBody, {
    reply: 'we issued no such number',
  })
  confirmForgery(@Called() call: Call, @Body() body: AnswerDoubtBody) {
    return this.acts.certificate(call, body, (given, meta) => ({
      type: 'ConfirmForgery',
      ...given,
      meta,
    }));
  }

  @acts('dismiss-suspicion', 'The issuer answers: it is its paper', AnswerDoubtBody, {
    reply: 'it is ours; the print run was new',
  })
  dismiss(@Called() call: Call, @Body() body: AnswerDoubtBody) {
    return this.acts.certificate(call, body, (given, meta) => ({
      type: 'DismissSuspicion',
      ...given,
      meta,
    }));
  }
}
