import type { MatchList } from '@guankou/contract/matching/match-list.ts'
import { digestedText } from '@guankou/domain/matching/matches-of.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { expect, it } from 'vitest'
import { withListed } from './listed-people.ts'
import { createMatchBook } from './match-book.ts'

const listId = '016fd2d1-42d0-7881-8034-84e6d1c4acd0'
const nowMs = Date.parse('2020-02-10T04:00:00.000Z')
const number = '44040219900101123X'

/** Stands for the keyed digest: the text itself in hexadecimal, cut from its end, where numbers differ. */
const digestOf = async (_: unknown, text: string): Promise<string> =>
  Buffer.from(text).toString('hex').slice(-16)

const listUntil = async (until: string): Promise<MatchList> => ({
  id: listId,
  title: { zh: '居家隔离名单', en: 'Home quarantine' },
  digits: 8,
  keyCheck: '0'.repeat(16),
  groups: [
    {
      kind: 'document',
      reason: 'quarantine-order',
      until,
      digests: (await digestOf('', digestedText({ kind: 'document', number }))).slice(0, 8),
    },
  ],
})

const bookOf = (listed: boolean, line: { isOnline: boolean }) =>
  createMatchBook({
    matchKeys: { digestOf },
    confirmMatch: async () => ({
      is: 'ok',
      value: { listed, reason: listed ? 'quarantine-order' : null },
    }),
    isOnline: () => line.isOnline,
    nowMs: () => nowMs,
  })

const shown = { kind: 'document', number } as const
const later = '2020-02-20T04:00:00.000Z'

it('lists a document without asking anybody, and as confirmed once the server said so', async () => {
  const content = { matching: [await listUntil(later)] }
  const line = { isOnline: false }
  const book = bookOf(true, line)
  const maybe = { listId, reason: 'quarantine-order', confirmed: false }
  expect(await book.listedOf(content, number)).toEqual([maybe])
  const [match] = await book.find(content, shown)
  if (match === undefined) throw new Error('no match')
  expect(await book.confirm(match, shown)).toBe('unconfirmed')
  line.isOnline = true
  expect(await book.confirm(match, shown)).toBe('confirmed')
  line.isOnline = false
  expect(await book.listedOf(content, number.toLowerCase())).toEqual([{ ...maybe, confirmed: true }])
  book.clear()
  expect(await book.listedOf(content, number)).toEqual([maybe])
})

it('drops what agreed by chance, for prompts and for the rules', async () => {
  const content = { matching: [await listUntil(later)] }
  const book = bookOf(false, { isOnline: true })
  const [match] = await book.find(content, shown)
  if (match === undefined) throw new Error('no match')
  expect(await book.confirm(match, shown)).toBe('not-listed')
  expect(await book.find(content, shown)).toEqual([])
  expect(await book.listedOf(content, number)).toEqual([])
})

it('puts lists to whom they concern and leaves out those that have run out', async () => {
  const travellers = [
    aTraveller({ document: { kind: 'resident-id', number } }),
    aTraveller({ seat: 2, document: { kind: 'none' } }),
    aTraveller({ seat: 3 }),
  ]
  const command = aScreening({ travellers })
  const of = async (until: string) =>
    withListed(
      bookOf(true, { isOnline: false }),
      { jurisdictions: [], posts: [], responses: [], matching: [await listUntil(until)] },
      command,
    )
  const listed = { listId, reason: 'quarantine-order', confirmed: false }
  expect((await of(later)).travellers.map((each) => each.listed)).toEqual([[listed], undefined, undefined])
  expect(await of('2020-02-10T03:59:59.000Z')).toEqual(command)
})
