import { readCallQueue as declared } from '@guankou/contract/worklists/follow-up.ts'
import { implement } from '#src/endpoint.ts'
import { readQueue } from '#src/use-cases/worklists/read-board.ts'

export const worklistsQueue = implement(declared, ({ context, actor }) => readQueue(context, actor))
