import { undoWorklist as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { undo } from '#src/use-cases/worklists/undo-list.ts'

export const worklistsUndo = implement(declared, ({ context, actor, body }) => undo(context, actor, body))
