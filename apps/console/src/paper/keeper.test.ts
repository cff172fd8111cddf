import type { PaperFormView } from '@guankou/contract/paper/endpoints.ts'
import { describe, expect, it } from 'vitest'
import { createKeeper, type Keepable, type KeepState } from './keeper.ts'
import type { FormToKeep } from './queries.ts'

const keepable = (serial: string, id = 'one'): Keepable => ({
  id,
  jurisdiction: 440402,
  postId: 1,
  day: '2020-02-09',
  form: { serial, lane: 1, conveyance: { kind: 'on-foot' }, people: [] },
})

/** A server that answers when it is told to, and a clock that stands. */
const aKeeper = () => {
  const sent: FormToKeep[] = []
  const told: KeepState[] = []
  const answers: (() => void)[] = []
  let timer: (() => void) | undefined
  let failing = false
  const keeper = createKeeper({
    keep: (form) =>
      new Promise((resolve, reject) => {
        sent.push(form)
        answers.push(() =>
          failing
            ? reject(new Error('no network'))
            : resolve({ id: form.id, revision: form.revision + 1 } as PaperFormView),
        )
      }),
    mayComeBack: () => true,
    later: (act) => {
      timer = act
      return () => {
        timer = undefined
      }
    },
    tell: (state) => told.push(state),
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return {
    keeper,
    sent,
    told,
    answer: async (): Promise<void> => {
      answers.shift()?.()
      await settle()
    },
    rest: async (): Promise<void> => {
      const act = timer
      timer = undefined
      act?.()
      await settle()
    },
    fail: (fails: boolean): void => {
      failing = fails
    },
  }
}

describe('what is keyed', () => {
  it('is sent once the hand rests, newest first to last, and one at a time', async () => {
    const { keeper, sent, answer, rest } = aKeeper()
    keeper.note(keepable('A'))
    keeper.note(keepable('AB'))
    await rest()
    expect(sent.map(({ form, revision }) => [form.serial, revision])).toEqual([['AB', 0]])
    keeper.note(keepable('ABC'))
    await rest()
    expect(sent).toHaveLength(1)
    await answer()
    expect(sent.map(({ form, revision }) => [form.serial, revision])).toEqual([
      ['AB', 0],
      ['ABC', 1],
    ])
    expect(keeper.unkept().map(({ form }) => form.serial)).toEqual(['ABC'])
    await answer()
    expect(keeper.unkept()).toEqual([])
    keeper.note(keepable('ABC'))
    await rest()
    expect(sent).toHaveLength(2)
  })

  it('waits where there is no network, is there when the page goes, and is sent again', async () => {
    const { keeper, sent, told, answer, rest, fail } = aKeeper()
    fail(true)
    keeper.note(keepable('A'))
    keeper.note(keepable('B', 'two'))
    await rest()
    await answer()
    expect(told.at(-1)).toMatchObject({ is: 'failed' })
    expect(keeper.unkept().map(({ id }) => id)).toEqual(['one', 'two'])
    fail(false)
    await rest()
    await answer()
    await answer()
    expect(sent.map(({ id }) => id)).toEqual(['one', 'one', 'two'])
    expect(keeper.unkept()).toEqual([])
    expect(told.at(-1)).toMatchObject({ is: 'kept' })
  })

  it('goes on from the revision that was opened', async () => {
    const { keeper, sent, answer, rest } = aKeeper()
    keeper.begin('one', 7)
    keeper.note(keepable('A'))
    await rest()
    await answer()
    keeper.begin('one', 3)
    keeper.note(keepable('B'))
    await rest()
    expect(sent.map(({ revision }) => revision)).toEqual([7, 8])
  })
})
