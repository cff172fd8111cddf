import type { ErrorBody } from '@guankou/contract/errors.ts'
import { describe, expect, it } from 'vitest'
import { RequestFailure } from '#src/api/client.ts'
import { createOneCommand } from './use-one-command.ts'

const refused = (code: ErrorBody['code'], retry: ErrorBody['retry'], status: number) =>
  new RequestFailure({ is: 'refused', status, error: { code, retry, text: { zh: '拒绝', en: 'Refused' } } })
const lost = new RequestFailure({ is: 'unreachable', reason: 'network' } as never)

describe('what is said once at a desk', () => {
  const words = { name: '张三', address: '某小区 3 栋' }
  const started = (): { clock: { now: number }; one: ReturnType<typeof createOneCommand> } => {
    const clock = { now: Date.parse('2020-02-10T04:00:00.000Z') }
    return { clock, one: createOneCommand(() => clock.now) }
  }

  it('keeps its id and time where the answer got lost, or the database was away', () => {
    const { clock, one } = started()
    const first = one.name(words)
    for (const failure of [lost, refused('DATABASE_UNAVAILABLE', 'later', 503)]) {
      one.settle(failure)
      clock.now += 60_000
      expect(one.name({ ...words })).toEqual(first)
    }
  })

  it('is another thing once it was taken, refused for good, changed, or said again much later', () => {
    const { clock, one } = started()
    const ids = [one.name(words).id]
    one.settle()
    ids.push(one.name(words).id)
    one.settle(refused('QUARANTINE_NOT_DUE', 'never', 409))
    ids.push(one.name(words).id, one.name({ ...words, name: '李四' }).id)
    clock.now += 5 * 60_000 + 1
    ids.push(one.name({ ...words, name: '李四' }).id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
