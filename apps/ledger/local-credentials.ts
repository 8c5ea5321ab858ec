import type { Caller, Credentials } from '#apps/ledger/credentials';
import { tenuresOf } from '#apps/ledger/credentials';
import type { Recorded } from '#events/event';
import type { PartyEvent } from '#events/party';
import { parseStream, partyStream } from '#events/streams';
import { partyRoles } from '#events/values';
import { mintApiKey } from '#libs/signing/api-key';
import type { EventStore } from '#libs/store/store';

/**
 * For who may write the ledger's file: one key that lives as long as the process and opens it for
 * `by`, in the roles which that party has on the day of each act. In a ledger without any event
 * whoever acts is an operator, so that it can register itself.
 */
export class LocalCredentials implements Pick<Credentials, 'find' | 'partyChanged'> {
  by = '';
  readonly token: string;
  private readonly secretSha256: string;
  private readonly keyId: string;
  private readonly store: EventStore;

  constructor(store: EventStore) {
    const { token, keyId, secretSha256 } = mintApiKey();
    this.token = token;
    this.keyId = keyId;
    this.secretSha256 = secretSha256;
    this.store = store;
  }

  async find(keyId: string): Promise<Caller | undefined> {
    if (keyId !== this.keyId) return undefined;
    const stream = partyStream(this.by);
    const history = parseStream(stream) ? await this.store.read(stream) : [];
    const tenures = tenuresOf(history as readonly Recorded<PartyEvent>[]);
    const { keyId: id, secretSha256 } = this;
    return {
      party: this.by,
      key: { keyId: id, secretSha256, roles: partyRoles, revoked: false },
      tenures: (await this.store.end()) === 0n ? [firstOperator] : tenures,
    };
  }

  partyChanged(): void {
    // Roles are read from the party's stream each time.
  }
}

const firstOperator = {
  role: 'operator',
  from: { time: '1000', precision: 'year' },
  to: null,
} as const;
