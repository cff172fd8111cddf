import { startRescreen as declared } from '@guankou/contract/rescreen/runs.ts'
import { implement } from '#src/endpoint.ts'
import { start } from '#src/use-cases/rescreen/start-run.ts'

export const rescreenStart = implement(declared, async ({ context, actor, body }) => {
  const started = await start(context, actor, body)
  if (started.ok) context.rescreens.kick()
  return started
})
