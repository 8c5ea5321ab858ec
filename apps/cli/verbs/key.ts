import type { Command } from 'commander';
import { reading } from '#apps/cli/data-place';
import { Failure } from '#apps/cli/failure';
import { act } from '#apps/cli/party-acts';
import type { ActOptions } from '#apps/cli/party-acts';
import { json } from '#apps/cli/show/json';
import type { CommonOptions, PlaceOptions, Surroundings } from '#apps/cli/verb';
import { group, verb, withPlace, withRemote } from '#apps/cli/verb';
import { gather, roleOf } from '#apps/cli/verbs/party';
import type { PartyRole } from '#events/values';
import { partyRoles } from '#events/values';
import { shownWhen } from '#libs/documents/words';
import { mintApiKey } from '#libs/signing/api-key';
import { credentialsOf, refuseUnknown } from '#projections/parties';

type Options = ActOptions & CommonOptions;

export function keyVerb(surroundings: Surroundings): Command {
  return group(
    'key',
    'API keys of parties: only a hash of the secret is kept',
    'key create antwerp-broker --role dealer --label "back office"',
  )
    .addCommand(create(surroundings))
    .addCommand(revoke(surroundings))
    .addCommand(list(surroundings));
}

type Creation = Options & Readonly<{ role: readonly PartyRole[]; label?: string }>;

function create({ config, terminal }: Surroundings): Command {
  const command = verb(
    'create <party>',
    'make a key for a party; it is shown this once and never again',
    'key create antwerp-broker --role dealer --label "back office"',
  )
    .requiredOption('--role <role>', `${partyRoles.join(', ')}; may be repeated`, gather(roleOf))
    .option('--label <text>', 'what the key is for');
  return withRemote(withPlace(command, config)).action(async (id: string, options: Creation) => {
    const { role, label } = options;
    const { token, keyId, secretSha256 } = mintApiKey();
    const facts = { roles: role, ...(label !== undefined && { label }) };
    const answer = await act(options, config, {
      partyId: id,
      command: (meta) => ({
        type: 'IssueApiKey',
        partyId: id,
        keyId,
        secretSha256,
        ...facts,
        meta,
      }),
      path: `/v1/parties/${encodeURIComponent(id)}/keys`,
      body: facts,
    });
    const issued = answer ? issuedBy(answer) : { keyId, key: token };
    if (options.json) return terminal.data(json({ party: id, ...issued }));
    terminal.say(issued.key);
    terminal.note(`key ${issued.keyId} of ${id}, for ${role.join(', ')}; it is not shown again`);
  });
}

/** The service makes the secret itself, so that it never travels in a request. */
function issuedBy({ keyId, key }: Readonly<Record<string, unknown>>) {
  if (typeof keyId === 'string' && typeof key === 'string') return { keyId, key };
  throw new Failure('bad-answer', 'the service did not answer with a key');
}

type Revocation = Options & Readonly<{ reason?: string }>;

function revoke({ config, terminal }: Surroundings): Command {
  const command = verb(
    'revoke <party> <keyId>',
    'the key opens nothing from now on',
    'key revoke antwerp-broker 0123456789abcdef --reason "the laptop was lost"',
  ).option('--reason <text>', 'why');
  return withRemote(withPlace(command, config)).action(
    async (id: string, keyId: string, options: Revocation) => {
      const facts = options.reason === undefined ? {} : { reason: options.reason };
      await act(options, config, {
        partyId: id,
        command: (meta) => ({ type: 'RevokeApiKey', partyId: id, keyId, ...facts, meta }),
        path: `/v1/parties/${encodeURIComponent(id)}/keys/${encodeURIComponent(keyId)}/revoke`,
        body: facts,
      });
      if (options.json) terminal.data(json({ party: id, keyId, revoked: true }));
      else terminal.say(`revoked ${keyId}`);
    },
  );
}

function list({ config, terminal }: Surroundings): Command {
  const command = verb(
    'list <party>',
    'keys of a party, revoked ones too',
    'key list antwerp-broker',
  );
  return withPlace(command, config).action((id: string, options: PlaceOptions) =>
    reading(options, terminal, async ({ views }) => {
      await refuseUnknown(views, { party: id });
      const keys = (await credentialsOf(views, id)).map(({ secret_sha256: _hash, ...key }) => key);
      if (options.json) return terminal.data(json(keys));
      for (const {
        key_id: keyId,
        roles: held,
        label,
        issued_at: issued,
        revoked_at: ended,
      } of keys) {
        const until = ended ? `, revoked ${shownWhen(ended)}` : '';
        const named = label === null ? '' : `  ${label}`;
        terminal.say(`${keyId}  ${held.join(', ')}  since ${shownWhen(issued)}${until}${named}`);
      }
    }),
  );
}
