import { listPutAlone as declared } from '@guankou/contract/rescreen/proposals.ts'
import { implement } from '#src/endpoint.ts'
import { putAlone } from '#src/use-cases/rescreen/put-alone.ts'

export const rescreenAlone = implement(declared, ({ context, actor }) => putAlone(context, actor))
