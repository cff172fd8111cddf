import { importResults } from '@guankou/contract/testing/results.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { enterResults } from '#src/use-cases/testing/enter-results.ts'
import { readResultFile } from '#src/use-cases/testing/read-result-file.ts'

export const testingImportResults = implement(importResults, async ({ context, actor, body }) => {
  const { timeZone } = context.reference.current().jurisdiction(actor.areaCode) ?? { timeZone: 'UTC' }
  const read = readResultFile(body.csv, timeZone)
  if (!read.ok) return read
  return done(await enterResults(context, actor, { rows: read.value, via: 'file' }))
})
