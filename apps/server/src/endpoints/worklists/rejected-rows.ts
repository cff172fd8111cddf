import { listRejectedRows as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { listRejects } from '#src/use-cases/worklists/mend-file.ts'

export const worklistsRejectedRows = implement(declared, ({ context, actor, query }) =>
  listRejects(context, actor, query),
)
