import { setTimeout as pause } from 'node:timers/promises'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import { below, happens, pick, type Random, streamOf, uniform } from '@guankou/simulator/random/stream.ts'
import { arrivalsAt } from './arrivals.ts'
import { createDesk, type Desk } from './desk.ts'
import { drawFaults, type Fault, strike } from './faults.ts'
import { type FeedReader, followFeed } from './feed-reader.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { openSession } from './line.ts'
import { createPhone, type Phone } from './phone.ts'
import type { Person, System } from './system.ts'
import { until } from './until.ts'

const { city, accounts } = buildZhuhaiCity()

const deskCount = 4
const phoneLogins = ['xiangzhou', 'doumen', 'jinwan'].flatMap((district) =>
  ['01', '02'].map((number) => `inspector-${district}-${number}`),
)
const deskLogin = 'demo-traffic'
const readerLogin = 'commander'

/** Who takes part: six phones in three districts, a system that posts one by one, and somebody who watches. */
export const stormLogins: readonly string[] = [...phoneLogins, deskLogin, readerLogin]

export type Crowd = {
  readonly ledger: Ledger
  readonly phones: readonly Phone[]
  readonly desks: readonly Desk[]
  readonly reader: FeedReader
  /** Resolves when everybody has finished recording. */
  readonly recording: Promise<unknown>
  readonly stop: () => Promise<void>
}

const personOf = (system: System, login: string): Person => {
  const person = system.people.get(login)
  if (person === undefined) throw new Error(`nobody is called ${login}`)
  return person
}

const deviceIdOf = (index: number): string => `016fd2a8-5c80-4000-8000-${String(index).padStart(12, '0')}`

/** Signs everybody in and lets them work. */
export const gatherCrowd = async (system: System, seed: number): Promise<Crowd> => {
  const ledger = createLedger(() => performance.now())
  const phones: Phone[] = []
  for (const [index, login] of phoneLogins.entries()) {
    const device = { id: deviceIdOf(index), label: login }
    const area = accounts.find((account) => account.login === login)?.areaCode
    const posts = city.posts.filter((post) => post.jurisdiction === area)
    const person = personOf(system, login)
    phones.push(
      await createPhone({
        person,
        session: await openSession(system.origin, 'field', person, device),
        deviceId: device.id,
        nextArrival: arrivalsAt(posts, streamOf(seed, 1, index), index),
        random: streamOf(seed, 2, index),
        ledger,
      }),
    )
  }
  const deskSession = await openSession(system.origin, 'service', personOf(system, deskLogin))
  const desks = Array.from({ length: deskCount }, (_, index) =>
    createDesk({
      session: deskSession,
      nextArrival: arrivalsAt(city.posts, streamOf(seed, 3, index), phoneLogins.length + index),
      random: streamOf(seed, 4, index),
      ledger,
    }),
  )
  const { bearer } = await openSession(system.origin, 'console', personOf(system, readerLogin))
  const reader = followFeed(system.origin, bearer, city.code)
  return {
    ledger,
    phones,
    desks,
    reader,
    recording: Promise.all([...phones, ...desks].map((client) => client.record())),
    stop: async () => {
      for (const client of [...phones, ...desks]) client.stop()
      await reader.stop()
    },
  }
}

const recoverWithinMs = 90_000
/** So many new acknowledgements after a fault show that the system is back. */
const recoveredAfter = 50
/** How often the next fault does not wait for that, and falls into the recovery from the one before. */
const againAtOnceShare = 0.25
const crashedPhoneShare = 0.5

const untilRecovered = ({ ledger }: Crowd): Promise<true> => {
  const enough = ledger.acknowledged.size + recoveredAfter
  return until(
    'screenings were acknowledged again',
    () => ledger.acknowledged.size >= enough || undefined,
    recoverWithinMs,
  )
}

export type Strike = { readonly fault: Fault; readonly acknowledgedBefore: number }

/** Kills what the chance of the seed says, at its moments, while everybody works. @returns what was done */
export const rage = async (
  system: System,
  crowd: Crowd,
  { seed, rounds }: { readonly seed: number; readonly rounds: number },
): Promise<readonly Strike[]> => {
  const random: Random = streamOf(seed, 5)
  const strikes: Strike[] = []
  await untilRecovered(crowd)
  for (const fault of drawFaults(streamOf(seed, 6), rounds)) {
    await pause(below(random, 900))
    if (happens(random, crashedPhoneShare)) await pick(random, crowd.phones).crash()
    strikes.push({ fault, acknowledgedBefore: crowd.ledger.acknowledged.size })
    await strike(system, fault, random)
    if (uniform(random) >= againAtOnceShare) await untilRecovered(crowd)
  }
  await untilRecovered(crowd)
  return strikes
}

/** The faults are over: everybody finishes, and every phone sends until nothing waits. */
export const calm = async ({ phones, desks, recording }: Crowd): Promise<void> => {
  for (const client of [...phones, ...desks]) client.finish()
  await recording
  await Promise.all(phones.map((phone) => phone.drain()))
}
