import { readQuarantineFile as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readFile } from '#src/use-cases/quarantine/read-file.ts'

export const quarantineFile = implement(declaration, ({ context, actor, query }) =>
  readFile(context, actor, query),
)
