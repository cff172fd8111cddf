import { readPaperBacklog as declared } from '@guankou/contract/paper/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { paperBacklog as readBacklog } from '#src/use-cases/paper/list-forms.ts'

export const paperBacklog = implement(declared, ({ context, actor }) => readBacklog(context, actor))
