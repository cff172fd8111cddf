import { createHash } from 'node:crypto'
import type { RecordTest } from '@guankou/contract/testing/record-test.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  addToTestingDay,
  findTest,
  insertTest,
  noTests,
  type StoredTest,
} from '@guankou/db/queries/testing/tests.ts'
import { decideTest, type TestRecorded } from '@guankou/domain/testing/decide-test.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'

export type RecordedTest = { readonly id: string; readonly recordedAtMs: number; readonly duplicate: boolean }

const uniqueViolation = '23505'

const storedOf = (fact: TestRecorded, command: RecordTest, actor: Actor, nowMs: number): StoredTest => ({
  jurisdiction: fact.jurisdiction,
  id: fact.id,
  occurredAt: new Date(fact.occurredAtMs),
  recordedAt: new Date(nowMs),
  day: fact.day,
  postId: fact.postId,
  responseId: fact.responseId,
  screeningId: fact.screeningId,
  seat: fact.seat,
  originCode: fact.originCode,
  declared: fact.declared,
  offer: fact.offer,
  ground: fact.ground,
  sampleCode: fact.sampleCode ?? null,
  accountId: actor.accountId,
  deviceId: actor.deviceId,
  contentDigest: createHash('sha256').update(JSON.stringify(command)).digest(),
})

const countsOf = ({ offer, ground }: StoredTest) => ({
  ...noTests,
  taken: offer === 'taken' ? 1 : 0,
  byLot: offer === 'taken' && ground === 'lot' ? 1 : 0,
  declined: offer === 'declined' ? 1 : 0,
  noKit: offer === 'no-kit' ? 1 : 0,
})

/** What was recorded under an id before: the same, or something else. */
const earlier = async (
  { db }: ServerContext,
  actor: Actor,
  command: RecordTest,
): Promise<Result<RecordedTest> | undefined> => {
  const found = await inArea(db, actor.areaCode, (tx) => findTest(tx, command.jurisdiction, command.id))
  if (found === undefined) return undefined
  const digest = createHash('sha256').update(JSON.stringify(command)).digest()
  if (!found.contentDigest.equals(digest)) return refused('COMMAND_ID_REUSED', '/id')
  return done({ id: command.id, recordedAtMs: found.recordedAt.getTime(), duplicate: true })
}

/** Fact, roll-up and audit in one commit. @returns false where the id is there already */
const write = ({ db }: ServerContext, actor: Actor, test: StoredTest): Promise<boolean> =>
  inArea(db, actor.areaCode, async (tx) => {
    if (!(await insertTest(tx, test))) return false
    await addToTestingDay(tx, test, countsOf(test))
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'testing.record',
      subject: test.id,
      outcome: 'recorded',
      detail: null,
    }
    await recordAudit(executeIn(tx), test.jurisdiction, [entry], test.recordedAt.getTime())
    return true
  })

/**
 * Records that somebody was asked for a test. A retry of what is stored is a duplicate even where the dates or posts of today
 * would refuse it.
 */
export const recordTest = async (
  context: ServerContext,
  actor: Actor,
  command: RecordTest,
): Promise<Result<RecordedTest>> => {
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  const nowMs = context.now()
  const decided = decideTest(context.reference.current(), command, nowMs)
  try {
    if (!decided.ok) return (await earlier(context, actor, command)) ?? decided
    const isNew = await write(context, actor, storedOf(decided.fact, command, actor, nowMs))
    if (isNew) return done({ id: command.id, recordedAtMs: nowMs, duplicate: false })
    return (await earlier(context, actor, command)) ?? refused('COMMAND_ID_REUSED', '/id')
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation)
      return (await earlier(context, actor, command)) ?? refused('SAMPLE_CODE_TAKEN', '/sampleCode')
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}
