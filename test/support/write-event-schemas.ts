import { writeFileSync } from 'node:fs';
import { eventSchemas, schemaFile } from '#test/support/event-schemas';
import { referenceVersions, referenceVersionsFile } from '#test/support/reference-versions';
import { ruleSchema, ruleSchemaFile } from '#test/support/rule-schema';

for (const [name, schema] of eventSchemas()) writeFileSync(schemaFile(name), schema);
writeFileSync(ruleSchemaFile, ruleSchema());
writeFileSync(referenceVersionsFile, referenceVersions());
