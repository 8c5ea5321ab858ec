import type { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Proposal } from '#apps/stand-in/log-event';
import { metadataMissing, thrown } from '#apps/stand-in/refusal';
import { uuidText } from '#apps/stand-in/uuid';

export type ProposedMessage = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

/** Throws the refusal for an event without type or content type, or with an id that is no UUID. */
export function proposal(message: ProposedMessage): Proposal {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  if (type === undefined) throw metadataMissing('type');
  const contentType = metadata.get('content-type');
  if (contentType === undefined) throw metadataMissing('content-type');
  const id = uuidText(message.getId());
  if (id === undefined) throw thrown();
  return {
    id,
    type,
    json: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}
