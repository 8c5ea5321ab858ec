import { Controller, Get, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { knownForm } from '#apps/ledger/acts';
import { Day } from '#apps/ledger/bodies';
import { Form, Id, Optional, Text } from '#apps/ledger/fields';
import type { WithCaller } from '#apps/ledger/key.guard';
import { Problem } from '#apps/ledger/problem';
import { preferred } from '#apps/ledger/reads/accept';
import { DocumentQuery } from '#apps/ledger/reads/document-queries';
import { AsKnownQuery, dayAsked } from '#apps/ledger/reads/as-known';
import { questionIn } from '#apps/ledger/reads/question';
import { FreshReads } from '#apps/ledger/reads/fresh-reads';
import { shows } from '#apps/ledger/shown';
import type { DocumentData } from '#libs/documents/document';
import { documentKinds, jsonOf } from '#libs/documents/document';
import { pdfThread } from '#libs/documents/pdf-thread';
import { streamOf } from '#libs/ledger/ledger-command';

const most = 200;

class WhichDocument extends AsKnownQuery {
  @Optional(Day('2026-03-02')) readonly on?: string;
  @Optional(Id('nyc-imports')) readonly issuer?: string;
  @Optional(Text(100, 'INV-7')) readonly number?: string;
  @Optional(Form(/^[a-z0-9.~,-]+$/, 'ids with commas between them', 8_000, 'dawn.2,dawn.3'))
  readonly also?: string;
}

const example: DocumentData = {
  kind: 'us-self-certification',
  title: 'Certification of the origin of diamonds',
  letterhead: { party: 'nyc-imports', name: 'NYC Imports Inc.', address: ['592 Fifth Avenue'] },
  facts: { filing: { documentCode: 'CBP167', format: 'PDF' } },
  body: [{ block: 'paragraph', text: 'I certify that …', strong: true }],
  notChecked: ['whether what the parties stated is true'],
  standing: {
    ledger: 'adamant.example/log',
    position: '128',
    on: '2026-03-02',
    ruleBookVersion: '2026.1',
  },
};

/** Papers about goods, to be printed and signed. */
@ApiTags('reads')
@ApiParam({ name: 'id', example: 'new-sun' })
@ApiParam({
  name: 'kind',
  schema: { type: 'string', enum: [...documentKinds], example: 'history-report' },
})
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id', 'v1/shipments/:id'])
@UseInterceptors(FreshReads)
export class DocumentsController implements OnModuleDestroy {
  private readonly pages = pdfThread();

  constructor(private readonly queries: QueryBus) {}

  onModuleDestroy(): Promise<void> {
    return this.pages.close();
  }

  @Get('documents/:kind')
  @ApiOperation({
    summary: 'A history report, customs statement or warranty: PDF, or the same data as JSON',
    description:
      '`Accept: application/pdf` (also when nothing is said) or `application/json`. `also` names ' +
      `further goods of the same kind on one paper, ${most} in all; \`number\` the invoice or memo ` +
      'whose warranty is wanted. A statement bears the letterhead of `issuer` (left out: the owner, ' +
      'or the seller), who must be the party of the key. Of a shipment it is for all the goods it ' +
      'carries; a history report is of one stone, parcel or piece of jewellery. Left out, `on` is ' +
      'today, UTC, or the day of `valid-at`.',
  })
  @shows('The document', example, { 'application/pdf': '%PDF-1.3 …' })
  async document(
    @Param() { id, kind }: { id: string; kind: string },
    @Query() query: WhichDocument,
    @Req() request: WithCaller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = documentKinds.find((each) => each === kind);
    if (!wanted) throw new Problem(404, 'unknown-document', `there is no document ${kind}`);
    const media = preferred(request.headers.accept, ['application/pdf', 'application/json']);
    if (!media)
      throw new Problem(406, 'not-acceptable', 'it is application/pdf or application/json');
    const { issuer, number, also } = query;
    const question = questionIn(query);
    const category = categoryOf(request.url);
    const document = await this.queries.execute(
      new DocumentQuery({
        kind: wanted,
        subjects: idsOf(id, also).map((each) => streamOf({ category, id: each })),
        issuer,
        number,
        on: query.on ?? dayAsked(question),
        question,
        caller: request.caller,
      }),
    );
    void reply.header('Vary', 'Accept').header('Cache-Control', 'private, no-cache').type(media);
    if (media === 'application/json') return void reply.send(jsonOf(document));
    void reply.header('Content-Disposition', `inline; filename="${wanted}-${id}.pdf"`);
    void reply.send(Buffer.from(await this.pages.pdfOf(document)));
  }
}

function categoryOf(url: string) {
  if (url.startsWith('/v1/jewellery/')) return 'jewellery';
  if (url.startsWith('/v1/shipments/')) return 'shipment';
  return url.startsWith('/v1/parcels/') ? 'parcel' : 'stone';
}

/** Each once, in the order they were named. */
function idsOf(id: string, also: string | undefined): readonly string[] {
  const others = also === undefined ? [] : also.split(',');
  const ids = [...new Set([id, ...others])].map((each, n) => knownForm(each, n ? 'also' : 'id'));
  if (ids.length <= most) return ids;
  const message = `must name at most ${most - 1} more`;
  throw new Problem(422, 'invalid-query', `also ${message}`, [{ field: 'also', message }]);
}
