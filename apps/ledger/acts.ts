import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator, Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { ActBody } from '#apps/ledger/bodies';
import {
  DecideCertificate,
  DecideFlag,
  DecideCorrection,
  DecideJewellery,
  DecideParcel,
  DecideParty,
  DecideReport,
  DecideRuleBook,
  DecideShipment,
  DecideStone,
} from '#apps/ledger/decide';
import { commandId, expectedRevision } from '#apps/ledger/idempotency';
import type { Caller } from '#apps/ledger/credentials';
import { rolesOn } from '#apps/ledger/credentials';
import type { WithCaller } from '#apps/ledger/key.guard';
import { STORE } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import {
  anyId,
  categories,
  certificateId,
  certificateNumber,
  collections,
  longestId,
} from '#events/streams';
import type { Category } from '#events/streams';
import type { CommandMeta } from '#libs/decider/decider';
import { consequential } from '#libs/ledger/consequences';
import type { CorrectionCommand } from '#libs/correction/correction-command';
import type { CertificateCommand } from '#libs/certificate/certificate-command';
import type { FlagCommand } from '#libs/flag/flag-command';
import type { JewelleryCommand } from '#libs/jewellery/jewellery-command';
import type { Done } from '#libs/ledger/ledger';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import type { PartyCommand } from '#libs/party/party-command';
import type { ReportCommand } from '#libs/report/report-command';
import type { RuleBookCommand } from '#libs/rulebook/adoption';
import type { ShipmentCommand } from '#libs/shipment/shipment-command';
import type { StoneCommand } from '#libs/stone/stone-command';
import type { EventStore } from '#libs/store/store';
import type { TradeCommand } from '#libs/trade/trade-command';

/** Who asks for what, as the request says it; the actor is the credential's party. */
export type Call = Readonly<{
  id: string;
  request: WithCaller;
  reply: FastifyReply;
  caller: Caller;
}>;

export const Called = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const http = context.switchToHttp();
  const request = http.getRequest<WithCaller>();
  const { caller } = request;
  if (caller === undefined) throw new Problem(401, 'key-needed', 'this needs an API key');
  const { id = '' } = request.params as { id?: string };
  return { id, request, reply: http.getResponse<FastifyReply>(), caller };
});

/** An id out of a path or a query; throws a 422 {@link Problem}. */
export function knownForm(id: string, field = 'id'): string {
  if (id.length <= longestId && anyId.test(id)) return id;
  const message = 'must be an id: a-z, 0-9, single dashes, dots or tildes';
  throw new Problem(422, 'invalid-id', `${field} ${message}`, [{ field, message }]);
}

/** A certificate by its id, or by its number as printed. */
export function knownNumber(text: string): string {
  return certificateNumber.test(text) ? certificateId(text) : knownForm(text);
}

type Given<B> = Omit<B, keyof ActBody>;

/**
 * Turns a checked body into a command, sends it to the ledger and answers. `Adamant-Position` is
 * the position of the act, or of what followed on other streams: of parts that were opened.
 */
@Injectable()
export class Acts {
  constructor(
    private readonly commands: CommandBus,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  stone<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => StoneCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id);
      return this.commands.execute(new DecideStone(id, command(given, meta), expected));
    });
  }

  parcel<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => ParcelCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id);
      return this.commands.execute(new DecideParcel(id, command(given, meta), expected));
    });
  }

  certificate<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => CertificateCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownNumber(call.id);
      return this.commands.execute(new DecideCertificate(id, command(given, meta), expected));
    });
  }

  shipment<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => ShipmentCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id);
      return this.commands.execute(new DecideShipment(id, command(given, meta), expected));
    });
  }

  report<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => ReportCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id);
      return this.commands.execute(new DecideReport(id, command(given, meta), expected));
    });
  }

  jewellery<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => JewelleryCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id);
      return this.commands.execute(new DecideJewellery(id, command(given, meta), expected));
    });
  }

  flag<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => FlagCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id);
      return this.commands.execute(new DecideFlag(id, command(given, meta), expected));
    });
  }

  /** For what may be asked of stones, parcels and jewellery alike; the path says which it is. */
  goods<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => TradeCommand,
  ) {
    if (call.request.url.startsWith('/v1/jewellery/')) return this.jewellery(call, body, command);
    return call.request.url.startsWith('/v1/parcels/')
      ? this.parcel(call, body, command)
      : this.stone(call, body, command);
  }

  rulebook<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => RuleBookCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id.toLowerCase());
      return this.commands.execute(new DecideRuleBook(id, command(given, meta), expected));
    });
  }

  /** For what may be asked of every stream; the path says which it is. */
  anything<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => CorrectionCommand,
  ) {
    const [, , collection] = call.request.url.split('/');
    const category = categories.find((each) => collections[each] === collection) ?? 'stone';
    const id = category === 'certificate' ? knownNumber(call.id) : knownForm(call.id);
    return this.send(call, body, (given, meta, expected) =>
      this.commands.execute(
        new DecideCorrection({ category, id, command: command(given, meta) }, expected),
      ),
    );
  }

  party<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Given<B>, meta: CommandMeta) => PartyCommand,
  ) {
    return this.send(call, body, (given, meta, expected) => {
      const id = knownForm(call.id);
      return this.commands.execute(new DecideParty(id, command(given, meta), expected));
    });
  }

  private async send<B extends ActBody>(
    { request, reply, caller }: Call,
    body: B,
    execute: (
      given: Given<B>,
      meta: CommandMeta,
      expected: { revision: number } | undefined,
    ) => Promise<Done>,
  ) {
    const { at, place, documents, correlationId, causationId, ...given } = body;
    const now = new Date().toISOString();
    const when = at ?? { time: now, precision: 'instant' };
    const meta: CommandMeta = {
      id: commandId(request.headers['idempotency-key'], caller.party, request.url),
      by: caller.party,
      roles: rolesOn(caller, when),
      now,
      at: when,
      ...(place && { place }),
      ...(documents && { documents }),
      ...(correlationId !== undefined && { correlationId }),
      ...(causationId !== undefined && { causationId }),
    };
    const done = await execute(given, meta, expectedRevision(request.headers['if-match']));
    void reply
      .header('ETag', `"${done.revision}"`)
      .header('Location', location(done.stream))
      .header('Adamant-Position', String(await this.reached(done)));
    return { ...done, position: String(done.position) };
  }

  private reached({ events, position }: Done): Promise<bigint> | bigint {
    return events.some(({ type }) => consequential.has(type)) ? this.store.end() : position;
  }
}

function location(stream: string): string {
  const dash = stream.indexOf('-');
  const category = stream.slice(0, dash) as Category;
  return `/v1/${collections[category]}/${stream.slice(dash + 1)}`;
}
