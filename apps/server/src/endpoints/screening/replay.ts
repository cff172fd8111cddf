import { replayDecisions as declared } from '@guankou/contract/screening/decisions.ts'
import { implement } from '#src/endpoint.ts'
import { readReplay } from '#src/use-cases/screening/read-replay.ts'

export const screeningReplay = implement(declared, ({ context, actor, query }) =>
  readReplay(context, actor, query),
)
