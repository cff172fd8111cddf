import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { publishRules } from '@guankou/contract/rescreen/rule-versions.ts'
import { readRunsAtWork } from '@guankou/db/queries/rescreen/runs.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { lookThrough } from '#src/use-cases/rescreen/look-through.ts'
import { publish } from '#src/use-cases/rescreen/publish-rules.ts'
import type { RescreenOrder } from '#src/use-cases/rescreen/rescreen-process.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const city = 440400
const nowMs = Date.parse('2020-02-10T04:10:00.000Z')
const coaches = 52
const seats = 50
const people = coaches * seats
const program = new URL('./rescreen-process.ts', import.meta.url)

describe.each(inject('databaseServers'))('a rescreening that is interrupted on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let commander: TestSession

  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
    server.clock.now = nowMs
    await server.db.pool.query('delete from rule_sets where version > 2')
    await server.context.reference.refresh()
    commander = await server.signIn('commander', city)
    const traffic = await server.signIn('service-account', city)
    for (let coach = 1; coach <= coaches; coach += 1) {
      const { queueVehicles: _, ...usual } = aScreening({ occurredAt: '2020-02-10T03:00:00.000Z' }, coach)
      const travellers = Array.from({ length: seats }, (__, at) => {
        const n = String(coach * seats + at).padStart(7, '0')
        return aTraveller({
          seat: at + 1,
          document: { kind: 'passport', number: `E${n}` },
          phone: `1380${n}`,
          exposures: [{ areaCode: 330300, leftOn: '2020-02-05', evidence: 'declared' }],
          readings: [aReading({ at: '2020-02-10T02:59:50.000Z' })],
        })
      })
      const command = { ...usual, rulesVersion: 2, travellers }
      expect(await server.context.recorder.record(traffic.actor, command)).toMatchObject({ ok: true })
    }
  }, 240_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  /** The use-case alone: nothing is started by it. */
  const putIntoForce = async (afterVersion: number, areaCode: number) => {
    const added = [{ areaCode, level: 'high' as const, from: '2020-02-01' }]
    const body = { responseId: 'covid-19-like', afterVersion, added, ended: [], dueHours: 12 }
    const aloneBecause = '夜间紧急，无第二人在岗'
    const published = await publish(server.context, commander.actor, { ...body, aloneBecause })
    if (!published.ok) throw new Error(published.refusal.code)
    return published.value.runId
  }
  const expectAllOnce = async (runId: string): Promise<void> => {
    const { rows } = await server.db.pool.query(
      `select r.state, r.cursor_position, l.selected, l.listed + l.linked as handled,
          (select count(*)::integer from worklist_rows w where w.list_id = l.list_id) as rows,
          (select count(*)::integer from worklist_row_states w where w.list_id = l.list_id) as states,
          (select count(*)::integer from rescreen_people p where p.run_id = r.id and p.became is null) as left
        from rescreen_runs r join rescreen_lists l on l.run_id = r.id where r.id = $1`,
      [runId],
    )
    expect(rows).toEqual([
      {
        state: 'done',
        cursor_position: people,
        selected: people,
        handled: people,
        rows: people,
        states: people,
        left: 0,
      },
    ])
  }
  const cursorOf = async (runId: string): Promise<number> => {
    const { rows } = await server.db.pool.query(
      'select cursor_position as at from rescreen_runs where id = $1',
      [runId],
    )
    return rows[0].at as number
  }

  it('goes on after its process was killed, and lists everybody once', async () => {
    const runId = await putIntoForce(2, 330300)
    const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const order: RescreenOrder = {
      databaseUrl: server.db.url,
      namedStatements: server.db.namedStatements,
      keys: server.keys.settings,
      logLevel: 'warn',
      runId,
      nowMs,
    }
    child.send(order)
    while ((await cursorOf(runId)) === 0 && child.exitCode === null) await pause(2)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await cursorOf(runId)).toBeGreaterThan(0)
    server.context.rescreens.kick()
    await server.context.rescreens.idle()
    await expectAllOnce(runId)
  }, 120_000)

  it('goes on after a stop between two batches, and leaves it to one where two are at work', async () => {
    // Everybody is closed by now, so that nobody counts as on an open list; against version 2 they are found again.
    await server.db.pool.query("update worklist_row_states set state = 'closed'")
    const runId = await putIntoForce(3, 330000)
    await server.db.pool.query('update rescreen_runs set before_version = 2 where id = $1', [runId])
    const find = async () => (await readRunsAtWork(server.db.query)).find(({ id }) => id === runId)
    let asked = 0
    const fresh = await find()
    if (fresh === undefined) throw new Error('the run is not there')
    expect(await lookThrough(server.context, fresh, () => ++asked > 1)).toBe('stopped')
    const halfway = await find()
    if (halfway === undefined) throw new Error('the run is not there')
    expect(halfway.cursor_position).toBe(1_000)
    const ends = await Promise.all([
      lookThrough(server.context, halfway, () => false),
      lookThrough(server.context, halfway, () => false),
    ])
    expect(ends.toSorted()).toEqual(['done', 'overtaken'])
    await expectAllOnce(runId)
  }, 120_000)

  it('is asked for over the network and finds the same people none the more strictly treated', async () => {
    const body = {
      responseId: 'covid-19-like',
      afterVersion: 4,
      added: [{ areaCode: 330302, level: 'medium' as const, from: '2020-02-01' }],
      ended: [],
      dueHours: 1,
    }
    server.clock.now += 1_000
    const aloneBecause = '夜间紧急，无第二人在岗'
    expect(await commander.client.call(publishRules, { body: { ...body, aloneBecause } })).toMatchObject({
      is: 'ok',
    })
    await server.context.rescreens.idle()
    const { rows } = await server.db.pool.query(
      'select state, on_file, selected from rescreen_runs order by started_at desc, id desc limit 1',
    )
    expect(rows).toEqual([{ state: 'done', on_file: people, selected: 0 }])
  })
})
