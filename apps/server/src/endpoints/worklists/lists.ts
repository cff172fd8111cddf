import { listWorklists as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readBoard } from '#src/use-cases/worklists/read-board.ts'

export const worklistsLists = implement(declared, ({ context, actor }) => readBoard(context, actor))
