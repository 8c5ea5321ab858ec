import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const description =
  'An event-sourced provenance ledger for diamonds. Writes are acts of the party behind the API ' +
  'key; the same `Idempotency-Key` answers the same. Reads take `?at-least=POSITION` to see a ' +
  'write. Errors are RFC 9457 problems with a stable `code`. Verdicts are decision support, not ' +
  'legal advice; the ledger proves who stated what and when, not that it is true.';

/** Serves the description at `/openapi.json` and a page to read and try it at `/docs`. */
export function describeApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => closed(withUniqueNames(documentOf(app))), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
  });
}

function documentOf(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Adamant')
    .setDescription(description)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'adm_KEYID_SECRET' })
    .addSecurityRequirements('bearer')
    .build();
  return SwaggerModule.createDocument(app, about);
}

/** One handler may serve stones and parcels: its operations are told apart by their paths. */
function withUniqueNames(document: OpenAPIObject): OpenAPIObject {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = path.replaceAll(/[^\w]+/g, '-').replaceAll(/^-|-$/g, '');
      (operation as { operationId: string }).operationId = `${method}-${name}`;
    }
  }
  return document;
}

/** No body takes fields that are not described. */
function closed(document: OpenAPIObject): OpenAPIObject {
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    Object.assign(schema, { additionalProperties: false });
  }
  return document;
}
