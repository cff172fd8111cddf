import type { CallView } from '@guankou/contract/worklists/follow-up.ts'
import type { CallOutcome } from '@guankou/contract/worklists/vocabulary.ts'
import { callScripts } from '@guankou/domain/worklists/scripts.ts'
import { useEffect, useRef, useState } from 'react'
import { newCommandId } from '#src/posts/command-id.ts'
import { useNextCall, useRecord, useRelease, useTakeBack } from '#src/worklists/queries.ts'

export type CallAnswer = 'yes' | 'no' | 'unknown'
/** By question; undefined where it was not asked yet. */
export type CallAnswers = readonly (CallAnswer | undefined)[]

export type Recorded = {
  readonly id: string
  readonly listId: string
  readonly row: number
  readonly outcome: CallOutcome
}

/** For so long after a person comes up no outcome is taken: a second press was meant for the one before. */
const settleMs = 500

/** False for a moment after each new person. */
const useSettled = (call: CallView | undefined): boolean => {
  const [settled, setSettled] = useState<CallView>()
  useEffect(() => {
    const timer = setTimeout(() => setSettled(call), settleMs)
    return () => clearTimeout(timer)
  }, [call])
  return settled === call
}

/** One id for one outcome of one call, however often it has to be sent: the answer may be lost where the outcome is not. */
const useCommandIds = () => {
  const ids = useRef(new Map<string, string>())
  return (about: readonly unknown[]): string => {
    const key = JSON.stringify(about)
    const id = ids.current.get(key) ?? newCommandId(Date.now())
    ids.current.set(key, id)
    return id
  }
}

/** The call in hand: opened, answered, recorded, given back. */
const useCallInHand = () => {
  const [call, setCall] = useState<CallView>()
  const [answers, setAnswers] = useState<CallAnswers>([])
  const [last, setLast] = useState<Recorded>()
  const [isEmpty, setEmpty] = useState(false)
  const next = useNextCall()
  const recording = useRecord()
  const releasing = useRelease()
  const idOf = useCommandIds()
  const isSettled = useSettled(call)
  const show = (shown: CallView | undefined): void => {
    setCall(shown)
    setAnswers([])
  }
  const open = (which: { listId?: string; row?: number } = {}): void =>
    next.mutate(which, {
      onSuccess: (answer) => {
        show(answer.call ?? undefined)
        setEmpty(answer.call === null)
      },
    })
  const record = (outcome: CallOutcome, callAt?: string): void => {
    if (call === undefined || !isSettled) return
    const { listId, row, claimedUntil } = call
    const id = idOf([listId, row, claimedUntil, outcome, callAt])
    const agreed = callAt === undefined ? {} : { callAt }
    const asked = answers.some((each) => each !== undefined)
    const said = asked
      ? callScripts[call.kind].questions.map((_, at): CallAnswer => answers[at] ?? 'unknown')
      : []
    recording.mutate(
      { id, listId, row, outcome, answers: said, ...agreed },
      {
        onSuccess: () => {
          setLast({ id, listId, row, outcome })
          show(undefined)
          open()
        },
      },
    )
  }
  const release = (then = () => show(undefined)): void => {
    if (call === undefined) then()
    else releasing.mutate({ listId: call.listId, row: call.row }, { onSuccess: then })
  }
  const acts = [next, recording, releasing] as const
  return { call, answers, setAnswers, last, setLast, isEmpty, isSettled, acts, open, record, release }
}

/**
 * The same, with the last outcome taken back; whom the clerk has opened meanwhile goes back first.
 * @param before  the latest outcome of this clerk as the server has it, where this page recorded none yet
 */
export const useCalls = (before: Recorded | undefined) => {
  const { last: own, setLast, acts, ...inHand } = useCallInHand()
  const takingBack = useTakeBack()
  const last = own ?? before
  const takeBack = (): void => {
    const { release, open } = inHand
    if (last === undefined) return
    const { listId, row, id } = last
    const back = () =>
      takingBack.mutate(
        { id: newCommandId(Date.now()), listId, row, takesBack: id },
        {
          onSuccess: () => {
            setLast(undefined)
            open({ listId, row })
          },
        },
      )
    release(back)
  }
  const all = [...acts, takingBack]
  return {
    ...inHand,
    last,
    takeBack,
    isBusy: all.some(({ isPending }) => isPending),
    failed: all.find(({ isError }) => isError),
  }
}

export type Calls = ReturnType<typeof useCalls>
