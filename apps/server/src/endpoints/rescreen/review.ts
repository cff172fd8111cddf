import { reviewPutAlone as declared } from '@guankou/contract/rescreen/proposals.ts'
import { implement } from '#src/endpoint.ts'
import { review } from '#src/use-cases/rescreen/put-alone.ts'

export const rescreenReview = implement(declared, ({ context, actor, body }) => review(context, actor, body))
