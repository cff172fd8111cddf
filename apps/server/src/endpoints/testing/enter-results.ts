import { enterResults } from '@guankou/contract/testing/results.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { enterResults as enter } from '#src/use-cases/testing/enter-results.ts'

export const testingEnterResults = implement(enterResults, async ({ context, actor, body }) => {
  const rows = body.results.map((entry, at) => ({ row: at + 1, entry }))
  return done(await enter(context, actor, { rows, via: 'entry' }))
})
