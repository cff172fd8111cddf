import { emptyTally } from '@guankou/domain/screening/tally.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { readCurve, readEvents, readOrigins, readPostSituations, readSummary } from './read-situation.ts'

const [city, xiangzhou, doumen] = [440400, 440402, 440403]

/** The use-cases as they are, called past the check of the area that an endpoint makes before them. */
describe.each(inject('databaseServers'))('the situation without its check, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const { actor } = await server.signIn('service-account', city)
    for (let serial = 1; serial <= 6; serial += 1) {
      const hot = aTraveller({ contactWithCase: true })
      const command = aScreening({ jurisdiction: xiangzhou, travellers: [hot] }, serial)
      expect(await server.context.recorder.record(actor, command)).toMatchObject({ ok: true })
    }
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const seen = async (areaCode: number) => {
    const { actor } = await server.signIn('commander', areaCode)
    const day = aScreening({}, 1).occurredAt.slice(0, 10)
    const asked = { area: xiangzhou, day }
    const { context } = server
    const results = await Promise.all([
      readSummary(context, actor, asked),
      readPostSituations(context, actor, asked),
      readOrigins(context, actor, asked),
      readCurve(context, actor, asked),
      readEvents(context, actor, asked),
    ])
    const [summary, posts, origins, curve, events] = results.map((result) => {
      if (!result.ok) throw new Error(result.refusal.code)
      return result.value
    }) as [never, never, never, never, never]
    return { summary, posts, origins, curve, events } as {
      readonly summary: { readonly today: object }
      readonly posts: { readonly posts: readonly { readonly today: object }[] }
      readonly origins: { readonly travellersTotal: number }
      readonly curve: { readonly vehicles: readonly (number | null)[] }
      readonly events: { readonly events: readonly object[] }
    }
  }

  it('still shows the neighbour nothing', async () => {
    const { summary, posts, origins, curve, events } = await seen(doumen)
    expect(summary.today).toEqual(emptyTally)
    for (const post of posts.posts) expect(post.today).toEqual(emptyTally)
    expect(origins.travellersTotal).toBe(0)
    expect(curve.vehicles.filter((count) => count !== null && count > 0)).toEqual([])
    expect(events.events).toEqual([])
  })

  it.each([xiangzhou, city])('shows %i what is there', async (areaCode) => {
    const { summary, origins, curve, events } = await seen(areaCode)
    expect(summary.today).toMatchObject({ vehicles: 6, travellers: 6 })
    expect(origins.travellersTotal).toBe(6)
    expect(curve.vehicles.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(6)
    expect(events.events).toHaveLength(6)
  })
})
