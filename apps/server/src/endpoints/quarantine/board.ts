import { readQuarantineBoard as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readBoard } from '#src/use-cases/quarantine/read-board.ts'

export const quarantineBoard = implement(declaration, ({ context, actor, query }) =>
  readBoard(context, actor, query),
)
