import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { Config } from '#apps/ledger/config';
import { Form, Optional } from '#apps/ledger/fields';
import { CONFIG, PROJECTING } from '#apps/ledger/parts';
import type { Projecting } from '#apps/ledger/projecting';

const position = /^(?:0|[1-9]\d{0,17})$/;

/** A ledger position in a query: digits, as text. */
export const Position = (example: string) => Form(position, 'a position in digits', 18, example);

/** What every read of views takes. */
export class ReadQuery {
  @Optional(Position('128')) readonly 'at-least'?: string;
}

/**
 * Waits for the position a read asks for with `?at-least=`, and says in `Adamant-Position` up to
 * which event the answer is sure to count. Throws `ViewsBehind` when that takes too long.
 */
@Injectable()
export class FreshReads implements NestInterceptor {
  constructor(
    @Inject(PROJECTING) private readonly projecting: Projecting,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const { 'at-least': atLeast } = http.getRequest<FastifyRequest>().query as ReadQuery;
    const wanted = typeof atLeast === 'string' && position.test(atLeast) ? BigInt(atLeast) : 0n;
    await this.projecting.until(wanted, this.config.WAIT_LIMIT);
    const reached = this.projecting.reached();
    if (reached !== undefined) {
      void http.getResponse<FastifyReply>().header('Adamant-Position', String(reached));
    }
    return next.handle();
  }
}
