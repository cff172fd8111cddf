import { publicNotice } from '@guankou/contract/responses/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { readPublicNotice } from '#src/use-cases/responses/public-notice.ts'

export const responsesPublicNotice = implement(publicNotice, async ({ context }) =>
  done(readPublicNotice(context)),
)
