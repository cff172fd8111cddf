import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenHandover } from '@guankou/contract/handovers/commands.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { anOpening, somebodyWithPhone } from '../../tests-support/handovers.ts'
import { runCli } from '../../tests-support/run-cli.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../tests-support/test-server.ts'
import type { HandoversVerified } from '../use-cases/handovers/verify-handovers.ts'

const [postgres] = inject('databaseServers')
const minuteMs = 60_000

describe('guankou handovers verify', () => {
  let folder: string
  let database: TestDatabase
  let server: TestServer
  let whole: OpenHandover
  let byCode: OpenHandover
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-handovers-'))
    database = await createTestDatabase(postgres?.url ?? '', demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const post = await somebodyWithPhone(server, 'inspector', 440402)
    const transport = await somebodyWithPhone(server, 'transport-crew', 440400)
    const clinic = await somebodyWithPhone(server, 'clinic-staff', 440400)
    const openedMs = testNowMs - 200 * minuteMs
    whole = anOpening(openedMs)
    await post.push([whole, await post.sign(whole, 'post-gives', openedMs + minuteMs)])
    await transport.push([
      await transport.sign(whole, 'transport-takes', openedMs + 2 * minuteMs),
      await transport.sign(whole, 'transport-gives', openedMs + 20 * minuteMs),
    ])
    await clinic.push([await clinic.sign(whole, 'clinic-takes', openedMs + 21 * minuteMs)])
    byCode = anOpening(openedMs + 30 * minuteMs)
    await post.push([byCode])
    await transport.push([await transport.sign(byCode, 'transport-takes', openedMs + 40 * minuteMs, null)])
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const verify = (...args: readonly string[]) =>
    runCli(['handovers', 'verify', ...args, '--database-url', database.url, '--data-folder', folder])
  const verified = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await verify('--json', ...args)
    if (stdout === '') throw new Error(stderr)
    return { code, ...(JSON.parse(stdout) as HandoversVerified) }
  }
  /** Changes a row behind the back of the program for as long as something runs. */
  const tampered = async <T>(change: string, back: string, run: () => Promise<T>): Promise<T> => {
    await server.db.pool.query(change)
    try {
      return await run()
    } finally {
      await server.db.pool.query(back)
    }
  }

  it('ends with 0 where every signature holds, and says what was signed by the code alone or is missing', async () => {
    const all = await verified()
    expect(all).toMatchObject({
      code: 0,
      handovers: 2,
      signatures: 5,
      byCode: 1,
      states: { received: 1, 'with-transport': 1 },
      findings: [],
    })
    expect(all.doubts.map(({ id, kind, side }) => [id, kind, side])).toEqual([
      [byCode.id, 'signature-missing', 'post-gives'],
    ])
    const { code, stdout } = await verify(whole.id)
    expect([code, stdout]).toEqual([0, expect.stringContaining('every signature holds')])
    expect(await verified('--jurisdiction', '440403')).toMatchObject({ code: 0, handovers: 0 })
  })

  it('ends with 1 where somebody else was made the index case afterwards', async () => {
    const parts = (index: number, companion: number): string =>
      `update handover_people set part = case seat when ${index} then 'index' when ${companion} then 'companion' end
        where handover_id = '${whole.id}'`
    const found = await tampered(parts(2, 1), parts(1, 2), () => verified())
    expect(found.code).toBe(1)
    expect(found.findings.map(({ id, is }) => [id, is])).toEqual(
      Array.from({ length: 4 }, () => [whole.id, 'other-content']),
    )
    expect(await verified()).toMatchObject({ code: 0 })
  })

  it('ends with 1 where the time or the account of a signature was changed', async () => {
    const shift = (sign: string): string =>
      `update handover_facts set at = at ${sign} interval '3 minutes' where side = 'transport-takes' and handover_id = '${whole.id}'`
    const found = await tampered(shift('-'), shift('+'), () => verified(whole.id))
    expect(found).toMatchObject({
      code: 1,
      handovers: 1,
      findings: [{ id: whole.id, side: 'transport-takes', is: 'wrong' }],
    })
    const { stdout } = await tampered(shift('-'), shift('+'), () => verify())
    expect(stdout).toContain('does not hold')
    expect(stdout).toContain('1 findings')
  })

  it('ends with 2 where there is no such hand-over or jurisdiction', async () => {
    const other = anOpening(testNowMs - 500 * minuteMs)
    for (const args of [[other.id], ['x'], ['--jurisdiction', '1'], ['--jurisdiction', '110000']])
      expect((await verify(...args)).code).toBe(2)
  })
})
