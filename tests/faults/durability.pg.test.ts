import { randomInt } from 'node:crypto'
import { type Database, openDatabase } from '@guankou/db/database.ts'
import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AuditFindings, checkAudit } from './audit-chain.ts'
import { faults } from './faults.ts'
import { runBeside } from './kept-server.ts'
import {
  countOrphans,
  readOutbox,
  readSlotTallies,
  readStored,
  type StoredScreening,
  screeningsOf,
  sumIncrements,
} from './stored.ts'
import { type Crowd, calm, gatherCrowd, rage, type Strike, stormLogins } from './storm.ts'
import { type System, startSystem, topologies } from './system.ts'
import { until } from './until.ts'

/** Kills per topology. The short form has one of each kind; the full one is `GUANKOU_FAULT_ROUNDS=25`. */
const rounds = Number(process.env['GUANKOU_FAULT_ROUNDS'] ?? faults.length)
/** Moments and victims follow from it, as far as a machine can be made to repeat itself. */
const seed = Number(process.env['GUANKOU_FAULT_SEED'] ?? randomInt(2 ** 31))

const stormWithinMs = 120_000 + rounds * 90_000
const feedWithinMs = 30_000

describe.each(topologies)('load while the %s system is killed again and again', (topology) => {
  let system: System | undefined
  let crowd: Crowd | undefined
  let db: Database | undefined
  let strikes: readonly Strike[] = []
  let stored: readonly StoredScreening[] = []
  let audit: AuditFindings | undefined

  const running = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the storm did not come to its end')
    return part
  }

  beforeAll(async () => {
    console.info(`${topology}: GUANKOU_FAULT_SEED=${seed} GUANKOU_FAULT_ROUNDS=${rounds}`)
    system = await startSystem(topology, stormLogins)
    crowd = await gatherCrowd(system, seed)
    try {
      strikes = await rage(system, crowd, { seed, rounds })
      await calm(crowd)
    } catch (error) {
      console.error(`what the server said last:\n${system.server.lastLines().join('\n')}`)
      throw error
    }
    const { url } = running(await system.postgres())
    db = openDatabase({ url, applicationName: 'faults' })
    stored = await readStored(db)
    audit = await checkAudit(db)
    console.info(
      `${topology}: ${JSON.stringify({
        kills: strikes.length,
        ...crowd.ledger.figures(),
        stored: stored.length,
        auditLinks: audit.links,
        feedConnections: crowd.reader.connections(),
        serverStarts: system.server.starts(),
      })}`,
    )
  }, stormWithinMs)

  afterAll(async () => {
    await crowd?.stop()
    await db?.close()
    await system?.remove()
  }, 120_000)

  it('is a storm indeed: every kind of kill, durable settings, answers lost and given twice', async () => {
    expect(strikes).toHaveLength(rounds)
    expect(new Set(strikes.map(({ fault }) => fault)).size).toBe(Math.min(rounds, faults.length))
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const { rows } = await running(db).pool.query(`show ${setting}`)
      expect([setting, rows[0]]).toEqual([setting, { [setting]: 'on' }])
    }
    const { duplicatesAnswered, retries } = running(crowd).ledger.figures()
    expect(duplicatesAnswered).toBeGreaterThan(0)
    expect(retries).toBeGreaterThan(0)
  })

  it('keeps every acknowledged screening, with everyone aboard and the time it told', () => {
    const { acknowledged, made, contradicted } = running(crowd).ledger
    const byId = new Map(stored.map((screening) => [screening.id, screening]))
    const wrong = [...acknowledged].filter(([id, recordedAt]) => {
      const travellers = made.get(id)?.travellers
      const found = byId.get(id)
      return (
        found === undefined ||
        found.travellers !== travellers ||
        found.travellerRows !== travellers ||
        found.recordedAt !== new Date(recordedAt).toISOString()
      )
    })
    expect(wrong).toEqual([])
    expect([...contradicted]).toEqual([])
    expect(acknowledged.size).toBeGreaterThan(rounds)
  })

  it('keeps none twice, and nothing that nobody made', async () => {
    const ids = stored.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const { made } = running(crowd).ledger
    expect(ids.filter((id) => made.get(id)?.isWrong !== false)).toEqual([])
    expect(await countOrphans(running(db))).toBe(0)
  })

  it('lets no command vanish: each is stored, or refused where its maker sees it', () => {
    const { ledger, phones } = running(crowd)
    const storedIds = new Set(stored.map(({ id }) => id))
    const onPhones = new Map(phones.flatMap((phone) => [...phone.states()]))
    const codes = new Map(
      [...onPhones].flatMap(([id, state]) => (state.is === 'rejected' ? [[id, state.code] as const] : [])),
    )
    const refused = new Map([...codes, ...ledger.refused])
    const lost = [...ledger.made].filter(([id, { isWrong }]) =>
      isWrong
        ? refused.get(id) !== 'UNKNOWN_LANE' || storedIds.has(id)
        : !storedIds.has(id) || refused.has(id),
    )
    expect(lost).toEqual([])
    const ends = [...onPhones.values()].filter((state) => state.is !== 'accepted' && state.is !== 'rejected')
    expect(ends).toEqual([])
  })

  it('counts in its roll-ups exactly what the facts say', async () => {
    const { query } = running(db)
    const days = await readCountedDays(query)
    expect(days.length).toBeGreaterThan(0)
    for (const day of days) expect(await findRollupDifferences(query, day)).toEqual([])
    const verified = await runBeside(running(system).commandLine, ['rollups', 'verify', '--json'])
    expect(verified).toMatchObject({ exitCode: 0 })
  })

  it('has an unbroken audit with one new entry for each screening', () => {
    const { broken, screenings, links } = running(audit)
    expect(broken).toEqual([])
    expect(links).toBeGreaterThan(rounds)
    const noted = [...screenings].filter(([, outcomes]) => outcomes.includes('new'))
    expect(noted.map(([id]) => id).sort()).toEqual(stored.map(({ id }) => id))
    const odd = noted.filter(
      ([, [first, ...rest]]) => first !== 'new' || rest.some((one) => one !== 'duplicate'),
    )
    expect(odd).toEqual([])
  })

  it('tells its changes exactly: the outbox adds up to the roll-ups', async () => {
    const changes = (await readOutbox(running(db))).map(({ change }) => change)
    expect(sumIncrements(changes)).toEqual(await readSlotTallies(running(db)))
    expect(screeningsOf(changes).reduce((sum, change) => sum + change.screenings, 0)).toBe(stored.length)
  })

  it('shows every change once and in order to a reader who came back each time', async () => {
    const { reader } = running(crowd)
    const outbox = await readOutbox(running(db))
    await until(
      'the reader had seen as much as there is',
      () => reader.seen.length >= outbox.length || undefined,
      feedWithinMs,
    )
    expect(reader.seen.map(({ cursor }) => cursor)).toEqual(outbox.map(({ cursor }) => cursor))
    const seen = sumIncrements(reader.seen.map(({ change }) => change))
    expect(seen).toEqual(await readSlotTallies(running(db)))
  })

  it('never ended by itself, and stops in order when asked', async () => {
    expect(running(system).server.crashes).toEqual([])
    await running(crowd).stop()
    expect(await running(system).stop()).toBe(0)
  })
})
