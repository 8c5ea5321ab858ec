import { writeFileSync } from 'node:fs';
import { eventSchemas, schemaFile } from '#test/support/event-schemas';

for (const [name, schema] of eventSchemas()) writeFileSync(schemaFile(name), schema);
