import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#apps/ledger/credentials';
import type { WithCaller } from '#apps/ledger/key.guard';
import { CONFIG, LIVE, STORE } from '#apps/ledger/parts';
import type { Config } from '#apps/ledger/config';
import { eventJson } from '#apps/ledger/live';
import { Position } from '#apps/ledger/reads/fresh-reads';
import type { Live } from '#apps/ledger/live';
import { Form, Optional } from '#apps/ledger/fields';
import { Problem } from '#apps/ledger/problem';
import { shows } from '#apps/ledger/shown';
import type { EventStore, RecordedEvent } from '#libs/store/store';

const mostEvents = 1000;

class EventsQuery {
  @Optional(Position('120')) readonly after?: string;
  @Optional(Form(/^[1-9]\d{0,3}$/, `a number up to ${mostEvents}`, 4, '100'))
  readonly limit?: string;
}

const exampleEvent = {
  position: '121',
  leaf: {
    id: '01981d5e-8a00-7000-8000-000000000001',
    recordedAt: '2025-04-04T09:00:01.000Z',
    sigs: [],
    statement: {
      at: { precision: 'day', time: '2025-04-04' },
      by: 'alrosa',
      data: { name: 'New Sun' },
      expectedRevision: 6,
      ledger: 'adamant.local/ledger',
      prev: 'X0kq2b8lq1mE3s1uY1m3Yf7Jm1p6V5n0v8Q0mJmX3dU=',
      stream: 'stone-new-sun',
      type: 'StoneNamed',
    },
    v: 1,
  },
};

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(LIVE) private readonly streams: Live,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Everything recorded after a position, in order',
    description:
      'A JSON page, or JSON Lines with `Accept: application/x-ndjson`, or the live stream with ' +
      '`Accept: text/event-stream`. Each leaf is given byte for byte as the ledger hashes it.',
  })
  @ApiProduces('application/json', 'application/x-ndjson', 'text/event-stream')
  @shows('A page of events', { events: [exampleEvent], next: '121' })
  async page(
    @Query() query: EventsQuery,
    @Headers() headers: Record<string, string>,
    @Req() request: WithCaller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const accept = headers['accept'] ?? '';
    if (accept.includes('text/event-stream')) return this.live(query, headers, request, reply);
    const after = BigInt(query.after ?? 0);
    const events = await this.take(after, Number(query.limit ?? 100));
    const next = events.at(-1)?.position ?? after;
    void reply.header('Adamant-Position', String(next));
    if (accept.includes('application/x-ndjson')) {
      const lines = events.map((event) => `${eventJson(event)}\n`).join('');
      return void reply.type('application/x-ndjson').send(lines);
    }
    const page = `{"events":[${events.map(eventJson).join(',')}],"next":"${next}"}`;
    void reply.type('application/json').send(page);
  }

  @Get('live')
  @ApiOperation({
    summary: 'Events as they are recorded (server-sent events)',
    description:
      'Starts behind `Last-Event-ID` or `?after=`, else with the next event. Each message has ' +
      'the position as `id`, the event type as `event` and the JSON of a page entry as `data`.',
  })
  @ApiProduces('text/event-stream')
  @shows('A live stream', `id: 121\nevent: StoneNamed\ndata: ${JSON.stringify(exampleEvent)}\n\n`)
  async live(
    @Query() query: EventsQuery,
    @Headers() headers: Record<string, string>,
    @Req() { caller }: WithCaller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const last = headers['last-event-id'];
    if (last !== undefined && !/^\d{1,18}$/.test(last)) {
      throw new Problem(400, 'bad-last-event-id', 'Last-Event-ID must be a position', [
        { field: 'Last-Event-ID', message: 'must be a position' },
      ]);
    }
    const from = last ?? query.after;
    const after = from === undefined ? await this.store.end() : BigInt(from);
    const stream = this.streams.stream({
      after,
      heartbeat: this.config.HEARTBEAT,
      endsAt: (event) => revokes(event, caller),
    });
    void reply
      .type('text/event-stream')
      .headers({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
      .send(stream);
  }

  private async take(after: bigint, limit: number): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const batch of this.store.readAll(after)) {
      events.push(...batch.slice(0, limit - events.length));
      if (events.length >= limit) break;
    }
    return events;
  }
}

/** A revoked key's stream ends with its revocation, as any other use of the key does. */
function revokes(event: RecordedEvent, caller: Caller | undefined): boolean {
  return event.type === 'ApiKeyRevoked' && event.data.keyId === caller?.key.keyId;
}
