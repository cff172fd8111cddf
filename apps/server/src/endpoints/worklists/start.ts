import { startWorklist as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { start } from '#src/use-cases/worklists/inspect-file.ts'

export const worklistsStart = implement(declared, async ({ context, actor, body }) => {
  const started = await start(context, actor, body)
  if (started.ok) context.worklists.kick()
  return started
})
