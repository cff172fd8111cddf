import { expect, it } from 'vitest'
import { createPaceBook } from './pace-book.ts'

const time = (id: string, madeAtMs: number, durationMs: number) => ({ id, madeAtMs, durationMs })

it('counts each vehicle of the shift once, and forgets what was taken back or is over', () => {
  const book = createPaceBook()
  expect(book.paceSince(0)).toEqual({ vehicles: 0, meanSeconds: undefined })
  book.take([time('a', 1_000, 10_000), time('b', 2_000, 14_000)])
  book.take([time('b', 2_000, 14_000), time('c', 3_000, 99_000)])
  book.forget('c')
  expect(book.paceSince(0)).toEqual({ vehicles: 2, meanSeconds: 12 })
  expect(book.paceSince(1_500)).toEqual({ vehicles: 1, meanSeconds: 14 })
  book.clear()
  expect(book.paceSince(0).vehicles).toBe(0)
})
