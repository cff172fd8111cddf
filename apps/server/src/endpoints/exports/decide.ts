import { decideExport } from '@guankou/contract/exports/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { decide } from '#src/use-cases/exports/decide-export.ts'

export const exportsDecide = implement(decideExport, async ({ context, actor, body }) => {
  const decided = await decide(context, actor, body)
  if (decided.ok && decided.value.state === 'approved') context.exports.kick()
  return decided
})
