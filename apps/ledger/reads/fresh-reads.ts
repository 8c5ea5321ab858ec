import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { Config } from '#apps/ledger/config';
import { Form, Optional } from '#apps/ledger/fields';
import { CONFIG, PROJECTING, STORE } from '#apps/ledger/parts';
import type { Projecting } from '#apps/ledger/projecting';
import { positionForm, questionIn } from '#apps/ledger/reads/question';
import type { EventStore } from '#libs/store/store';
import { refuseToCome } from '#libs/views/as-known';

/** A ledger position in a query: digits, as text. */
export const Position = (example: string) =>
  Form(positionForm, 'a position in digits', 18, example);

/** What every read of views takes. */
export class ReadQuery {
  @Optional(Position('128')) readonly 'at-least'?: string;
}

/**
 * Waits for the position a read asks for with `?at-least=`, and says in `Adamant-Position` up to
 * which event the answer is sure to count. Throws `ViewsBehind` when that takes too long, and refuses
 * a question about what is still to come.
 */
@Injectable()
export class FreshReads implements NestInterceptor {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(PROJECTING) private readonly projecting: Projecting,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const query = http.getRequest<FastifyRequest>().query as ReadQuery;
    const { 'at-least': atLeast } = query;
    const wanted = typeof atLeast === 'string' && positionForm.test(atLeast) ? BigInt(atLeast) : 0n;
    await this.projecting.until(wanted, this.config.WAIT_LIMIT);
    const question = questionIn(query);
    if (question) refuseToCome(question, await this.store.end(), new Date().toISOString());
    const reached = this.projecting.reached();
    if (reached !== undefined) {
      void http.getResponse<FastifyReply>().header('Adamant-Position', String(reached));
    }
    return next.handle();
  }
}
