import { readHealth } from '@guankou/contract/health.ts'
import { implement } from '#src/endpoint.ts'
import { done, refused } from '#src/result.ts'
import { version } from '#src/version.ts'

export const healthRead = implement(readHealth, async ({ context }) => {
  try {
    await context.db.pool.query('select 1')
  } catch {
    return refused('DATABASE_UNAVAILABLE')
  }
  const { drill, reference } = context
  const isDemo = reference.current().installation?.demo ?? false
  const mode = drill !== null ? 'drill' : isDemo ? 'demo' : 'live'
  return done({ status: 'ok' as const, version, now: new Date(context.now()).toISOString(), mode })
})
