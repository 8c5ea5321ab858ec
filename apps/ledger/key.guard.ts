import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Config } from '#apps/ledger/config';
import type { Caller, Credentials } from '#apps/ledger/credentials';
import { CONFIG, CREDENTIALS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { opensWith, parseApiKey } from '#libs/signing/api-key';

export type WithCaller = FastifyRequest & { caller?: Caller };

type Access = 'anyone' | 'metrics';

const ACCESS = 'access';

/** A route that needs no key, always or if the operator opened it. */
export const Open = (access: Access) => SetMetadata(ACCESS, access);

/**
 * Lets a request through if its API key is known, not revoked and its secret right. All three
 * failures answer alike, so that nobody learns which key ids exist.
 */
@Injectable()
export class KeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CREDENTIALS) private readonly credentials: Credentials,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    const { authorization } = request.headers;
    if (authorization === undefined && this.isOpen(context, request)) return true;
    const [, token = ''] = /^Bearer (\S{1,200})$/i.exec(authorization ?? '') ?? [];
    const key = parseApiKey(token);
    const caller = key && (await this.credentials.find(key.keyId));
    if (!key || !caller || !opensWith(key.secret, caller.key.secretSha256)) {
      throw authorization === undefined
        ? new Problem(401, 'key-needed', 'this needs an API key: Authorization: Bearer adm_…')
        : new Problem(401, 'bad-key', 'the API key is unknown, revoked or wrong', [
            { field: 'Authorization', message: 'is not a valid key' },
          ]);
    }
    request.caller = caller;
    return true;
  }

  private isOpen(context: ExecutionContext, { method }: WithCaller): boolean {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access === 'anyone') return true;
    if (access === 'metrics') return this.config.PUBLIC_METRICS;
    return this.config.PUBLIC_READS && method === 'GET';
  }
}
