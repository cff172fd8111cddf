import { downloadRejected as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { mendFile } from '#src/use-cases/worklists/mend-file.ts'

export const worklistsMend = implement(declared, ({ context, actor, body }) => mendFile(context, actor, body))
