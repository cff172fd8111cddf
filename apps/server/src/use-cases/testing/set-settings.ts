import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { setTestingSettings as declared } from '@guankou/contract/testing/allocation.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { insertTestingSettings, readTestingSettings } from '@guankou/db/queries/testing/decisions.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'

/** Adds a version of how tests are given. A response runs in the whole city, so whoever answers for the city decides. */
export const setTestingSettings = async (
  context: ServerContext,
  actor: Actor,
  { responseId, settings }: BodyOf<typeof declared>,
): Promise<Result<{ readonly version: number }>> => {
  const { reference, db, now } = context
  const { installation, response } = reference.current()
  if (installation === undefined || actor.areaCode !== installation.cityCode) return refused('OUTSIDE_AREA')
  if (response(responseId) === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const nowMs = now()
  const version = settings.version + 1
  const isSet = await inArea(db, actor.areaCode, async (tx) => {
    const held = (await readTestingSettings(tx, responseId))?.version ?? 0
    if (held !== settings.version) return false
    const by = { decidedAt: new Date(nowMs), decidedBy: actor.accountId }
    if (!(await insertTestingSettings(tx, responseId, { ...settings, version }, by))) return false
    const { lotShare, noShowShare, testMinutes, worthMinutes } = settings
    const detail = `lot ${lotShare}, no-show ${noShowShare}, ${testMinutes} min a test, a finding worth ${worthMinutes ?? 'not decided'}`
    const { accountId, deviceId } = actor
    const action = 'testing.set-settings'
    const entry = { accountId, deviceId, action, subject: responseId, outcome: 'done', detail }
    await recordAudit(executeIn(tx), installation.cityCode, [entry], nowMs)
    return true
  })
  if (!isSet) return refused('TESTING_SETTINGS_OVERTAKEN', '/settings/version')
  context.modelRuns.kick('testing')
  return done({ version })
}
