import type { Round } from '@guankou/contract/households/endpoints.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { describe, expect, it } from 'vitest'
import { draftPlace } from '#src/round/round-drafts.ts'
import type { Gate } from './gate.ts'
import { type BookPhone, createRoundBook } from './round-book.ts'
import { createStore } from './store.ts'

const accountId = '6f1c1b1e-5d0a-4f0e-9b1a-000000000001'
const home = '016fd2d1-42d0-7881-8034-84e6d1c4acd0'

const roundAt = (asOf: string): Round => ({
  asOf,
  day: '2020-02-01',
  jurisdiction: 440402,
  responseId: 'covid-19-like',
  team: { id: 1, version: 1, name: { zh: '一组', en: 'One' }, members: [], gridCellIds: [] },
  gridCells: [],
  doors: [],
  facts: [],
  walk: { plannedMinutes: 0, naiveMinutes: 0 },
})

/** Response and place that every day lies in. */
const content = {
  jurisdictions: [{ code: 440402, timeZone: 'Asia/Shanghai' }],
  responses: [{ id: 'covid-19-like', collectionFrom: '2000-01-01', collectionUntil: '2999-12-31' }],
} as unknown as PackContent

type Later<T> = { readonly promise: Promise<T>; readonly resolve: (value: T) => void }
const later = <T>(): Later<T> => Promise.withResolvers<T>()

/** A phone whose server and storage answer when the test lets them. */
const aPhone = () => {
  const gate = createStore<Gate>({ is: 'open', pinned: false })
  const stored = new Map<string, unknown>()
  const entries: unknown[] = []
  const answers: Later<unknown>[] = []
  const opens: Later<readonly never[]>[] = []
  const storeOf = (name: string) => ({
    read: async () => stored.get(name),
    write: async (_: string, value: unknown) => void stored.set(name, structuredClone(value)),
  })
  const phone = {
    profile: createStore({ accountId, name: { zh: '', en: '' }, role: 'community-street', areaCode: 440402 }),
    keeper: { gate },
    outbox: {
      add: async (entry: unknown) => void entries.push(entry),
      readOpen: () => {
        const open = later<readonly never[]>()
        opens.push(open)
        return open.promise
      },
    },
    sealParcel: async () => undefined,
    sync: { outboxChanged: async () => undefined },
    round: {
      ...storeOf('round'),
      drafts: storeOf('drafts'),
      call: () => {
        const answer = later<unknown>()
        answers.push(answer)
        return answer.promise
      },
    },
  } as unknown as BookPhone
  return { phone, gate, stored, entries, answers, opens }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
const ok = (round: Round) => ({ is: 'ok' as const, value: round })

/** A book that has had its first answer of the day. */
const aBook = async () => {
  const made = aPhone()
  const book = createRoundBook(made.phone)
  const asked = book.refresh()
  await settle()
  made.answers.at(-1)?.resolve(ok(roundAt('2020-02-01T00:00:00.000Z')))
  await settle()
  made.opens.at(-1)?.resolve([])
  await asked
  return { ...made, book }
}

const nobodyHome = { is: 'door-outcome' as const, outcome: 'nobody-home' as const, tasks: [] }

describe('the book of a round', () => {
  it('keeps what is recorded while an answer of the server is taken in', async () => {
    const { book, answers, opens } = await aBook()
    const asked = book.refresh()
    await settle()
    answers.at(-1)?.resolve(ok(roundAt('2020-02-01T00:01:00.000Z')))
    await settle()
    const made = await book.record(content, nobodyHome, home)
    opens.at(-1)?.resolve([])
    await asked
    expect(made).toMatchObject({ is: 'recorded' })
    expect(book.held.get().own.map(({ happening }) => happening.is)).toEqual(['door-outcome'])
  })

  it('lets no older answer take the place of a newer one that overtook it', async () => {
    const { book, answers, opens } = await aBook()
    const [first, second] = [book.refresh(), book.refresh()]
    await settle()
    const [slow, fast] = answers.slice(-2)
    fast?.resolve(ok(roundAt('2020-02-01T00:02:00.000Z')))
    await settle()
    opens.at(-1)?.resolve([])
    await second
    slow?.resolve(ok(roundAt('2020-02-01T00:01:00.000Z')))
    await settle()
    opens.at(-1)?.resolve([])
    await first
    expect(book.held.get().round?.asOf).toBe('2020-02-01T00:02:00.000Z')
  })

  it('records once what is tapped twice, and anew what is said another time', async () => {
    const { book, entries } = await aBook()
    const [one, two] = await Promise.all([
      book.record(content, nobodyHome, home),
      book.record(content, nobodyHome, home),
    ])
    expect(two).toEqual(one)
    expect(entries).toHaveLength(1)
    await book.record(content, { ...nobodyHome, outcome: 'dog' }, home)
    expect(entries).toHaveLength(2)
  })

  it('keeps what is being entered over a lock, out of memory while it lasts, and not into the next visit', async () => {
    const { book, gate, opens } = await aBook()
    const place = draftPlace(home, 'part', 'health')
    book.keepDraft(place, { celsius: '36.5' })
    await settle()
    gate.set({ is: 'locked', triesLeft: 5, notBeforeMs: 0 })
    expect(book.drafts.get()).toEqual({})
    gate.set({ is: 'open', pinned: true })
    await book.load()
    expect(book.drafts.get()[place]?.value).toEqual({ celsius: '36.5' })
    await book.record(content, { is: 'visit-opened', tasks: ['register'] }, home)
    expect(book.drafts.get()).toEqual({})
    expect(opens.length).toBeGreaterThan(0)
  })
})
