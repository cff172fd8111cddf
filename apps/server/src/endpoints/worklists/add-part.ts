import { addWorklistPart as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { addPart } from '#src/use-cases/worklists/receive-file.ts'

export const worklistsAddPart = implement(declared, ({ context, actor, body }) =>
  addPart(context, actor, body),
)
