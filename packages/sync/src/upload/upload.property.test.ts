import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fairWeather, type Weather } from '#world/fake-server.ts'
import { createPhoneWorld, type PhoneWorld } from '#world/phone-world.ts'

type Act = { readonly name: string; readonly run: (world: PhoneWorld) => Promise<void> | void }

const act = (name: string, run: Act['run']): fc.Arbitrary<Act> =>
  fc.constant({ name, run, toString: () => name })

const accounts = ['ann', 'bob'] as const

/** One thing about the weather changes; the rest stays as it was. */
const weatherOf = <K extends keyof Weather>(key: K, values: readonly Weather[K][]): fc.Arbitrary<Act> =>
  fc.constantFrom(...values).map((value) => {
    const name = `${key} := ${String(value)}`
    return {
      name,
      run: (world: PhoneWorld) => {
        world.server.weather[key] = value
      },
      toString: () => name,
    }
  })

const weatherActs: fc.Arbitrary<Act> = fc.oneof(
  weatherOf('line', ['good', 'good', 'request-lost', 'answer-lost', 'answer-lost', 'portal']),
  weatherOf('refusal', [
    undefined,
    undefined,
    undefined,
    'TOO_MANY_REQUESTS',
    'DATABASE_UNAVAILABLE',
    'INTERNAL',
    'NOT_SIGNED_IN',
    'DEVICE_REVOKED',
  ]),
  weatherOf('deferral', [undefined, undefined, 'BUSY', 'UNKNOWN_RULES_VERSION', 'NOT_SIGNED_IN']),
  weatherOf('outcomes', ['in-order', 'reversed', 'doubled', 'one-missing', 'first-without-id']),
  weatherOf('serverAheadMs', [0, 0, 0, 60_000, 3_600_000, -3_600_000]),
  weatherOf('maxCommands', [500, 3, 1]),
)

const handOver: fc.Arbitrary<Act> = fc.integer({ min: 0, max: 30 }).map((steps) => ({
  name: `hand over after ${steps} steps`,
  run: (world) => world.handOver(steps),
  toString: () => `hand over after ${steps} steps`,
}))

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: act('record', (world) => world.record(false)) },
  { weight: 4, arbitrary: act('record sealed', (world) => world.record(false, true)) },
  { weight: 1, arbitrary: act('record wrong', (world) => world.record(true)) },
  { weight: 1, arbitrary: act('record wrong, sealed', (world) => world.record(true, true)) },
  { weight: 1, arbitrary: act('seal what waits', (world) => world.sealWaiting()) },
  { weight: 2, arbitrary: act('lock', (world) => world.setLocked(true)) },
  { weight: 2, arbitrary: act('unlock', (world) => world.setLocked(false)) },
  { weight: 2, arbitrary: act('undo', (world) => world.undoLast()) },
  { weight: 3, arbitrary: act('pass 2 s', (world) => world.pass(2_000)) },
  { weight: 3, arbitrary: act('pass 20 s', (world) => world.pass(20_000)) },
  { weight: 1, arbitrary: act('pass 15 min', (world) => world.pass(900_000)) },
  { weight: 2, arbitrary: act('crash', (world) => world.crash()) },
  { weight: 2, arbitrary: act('offline', (world) => world.setOnline(false)) },
  { weight: 2, arbitrary: act('online', (world) => world.setOnline(true)) },
  { weight: 1, arbitrary: act('storage full', (world) => world.setFull(true)) },
  { weight: 1, arbitrary: act('storage free', (world) => world.setFull(false)) },
  { weight: 1, arbitrary: act('ann signs in', (world) => world.signIn('ann')) },
  { weight: 1, arbitrary: act('bob signs in', (world) => world.signIn('bob')) },
  { weight: 1, arbitrary: act('sign out', (world) => world.signIn(undefined)) },
  { weight: 1, arbitrary: act('ask', (world) => world.ask()) },
  { weight: 2, arbitrary: handOver },
  { weight: 5, arbitrary: weatherActs },
)

/** True at every moment, faults or not. */
const checkAlways = (world: PhoneWorld): void => {
  for (const [id, { makerId, wrong }] of world.madeIds) {
    const onServer = world.server.stored.get(id)
    const row = world.rows.get(id)
    // Pruning takes accepted entries alone, so that what left the phone is on the server.
    if (row === undefined) expect(onServer, `${id} is gone`).toBeDefined()
    if (row?.head.state.is === 'accepted') expect(onServer, `${id} claimed accepted`).toBeDefined()
    if (row?.head.state.is === 'rejected') expect(wrong, `${id} rejected`).toBe(true)
    if (row?.head.state.is === 'withdrawn') expect(onServer, `${id} withdrawn but sent`).toBeUndefined()
    if (onServer !== undefined) expect(onServer.recordedFor, `${id} under another name`).toBe(makerId)
  }
  for (const id of world.keptInForm) expect(world.server.stored.has(id)).toBe(false)
}

const heal = async (world: PhoneWorld): Promise<void> => {
  Object.assign(world.server.weather, fairWeather())
  world.setFull(false)
  await world.setLocked(false)
  await world.setOnline(true)
  for (const account of accounts) {
    await world.signIn(account)
    await world.pass(20 * 60_000)
  }
}

const checkConverged = (world: PhoneWorld): void => {
  for (const [id, { wrong }] of world.madeIds) {
    const state = world.rows.get(id)?.head.state.is
    const expected = world.withdrawnIds.has(id) ? 'withdrawn' : wrong ? 'rejected' : 'accepted'
    if (state !== undefined || expected !== 'accepted') expect(state, id).toBe(expected)
    expect(world.server.stored.has(id), `${id} on the server`).toBe(expected === 'accepted')
  }
}

const runs = 1_000

it('loses nothing, sends nothing under another name, and converges once the faults stop', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(acts, { minLength: 1, maxLength: 60, size: 'max' }),
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 20 }),
      async (script, draws) => {
        let drawn = 0
        const world = createPhoneWorld(() => draws[drawn++ % draws.length] ?? 0)
        await world.start()
        for (const each of script) {
          await each.run(world)
          checkAlways(world)
        }
        await heal(world)
        checkAlways(world)
        checkConverged(world)
      },
    ),
    { numRuns: runs },
  )
})

it('brings what was sealed to the server under its maker’s name though its maker never comes back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(acts, { minLength: 1, maxLength: 40, size: 'max' }),
      fc.boolean(),
      async (script, locked) => {
        const world = createPhoneWorld(() => 0.5)
        await world.start()
        for (const each of script) await each.run(world)
        Object.assign(world.server.weather, fairWeather())
        world.setFull(false)
        await world.setOnline(true)
        await world.signIn('carl')
        await world.setLocked(locked)
        await world.pass(20 * 60_000)
        checkAlways(world)
        for (const [id, { sealed, wrong, makerId }] of world.madeIds)
          if (sealed && !wrong && !world.withdrawnIds.has(id))
            expect(world.server.stored.get(id)?.recordedFor, id).toBe(makerId)
      },
    ),
    { numRuns: 500 },
  )
})

it('asks a dead line ever more rarely: at most one push a minute once the back-off is full', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (draw) => {
      const world = createPhoneWorld(() => draw)
      world.server.weather.line = 'request-lost'
      await world.start()
      await world.record(false)
      await world.pass(10 * 60_000)
      const before = world.pushes()
      await world.pass(60 * 60_000)
      expect(world.pushes() - before).toBeLessThanOrEqual(120)
      expect(world.pushes() - before).toBeGreaterThanOrEqual(59)
    }),
    { numRuns: 20 },
  )
})

it('asks ever more rarely for a record the server keeps putting off', async () => {
  const world = createPhoneWorld(() => 0.5)
  world.server.weather.deferral = 'UNKNOWN_RULES_VERSION'
  await world.start()
  await world.record(false)
  await world.pass(3_600_000)
  const before = world.pushes()
  await world.pass(6 * 3_600_000)
  expect(world.pushes() - before).toBeLessThanOrEqual(6 * 12)
})

it('does not run hot on a server that leaves outcomes out', async () => {
  const world = createPhoneWorld(() => 0.5)
  world.server.weather.outcomes = 'one-missing'
  await world.start()
  await world.record(false)
  await world.pass(3_600_000)
  expect(world.pushes()).toBeGreaterThan(5)
  expect(world.pushes()).toBeLessThan(20)
})

it('shows damaged content and sends its neighbours', async () => {
  const world = createPhoneWorld(() => 0.5)
  await world.start()
  await world.record(false)
  await world.record(false)
  const [first, second] = [...world.madeIds.keys()]
  world.damage(first ?? '')
  await world.pass(60_000)
  expect(world.rows.get(first ?? '')?.head.state).toEqual({ is: 'unreadable', reason: 'not-json' })
  expect(world.server.stored.has(second ?? '')).toBe(true)
})
