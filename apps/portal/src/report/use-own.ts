import type { Answer } from '@guankou/contract/client.ts'
import {
  askQuarantineHelp,
  type OwnQuarantine,
  readOwnQuarantine,
  reportQuarantine,
} from '@guankou/contract/quarantine/own.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { client } from '#src/me/me-client.ts'
import { keptWords, type Word } from '#src/report/kept-words.ts'

/** Where the page stands; `over`: the episode has ended, and the link with it. */
export type OwnState =
  | { readonly is: 'reading' }
  | { readonly is: 'open'; readonly own: OwnQuarantine; readonly isFresh: boolean }
  | { readonly is: 'over' }
  | { readonly is: 'unknown' }
  | { readonly is: 'unreachable' }

export type Refusal = { readonly zh: string; readonly en: string }

const send = (word: Word): Promise<Answer<unknown>> =>
  word.is === 'report'
    ? client.call(reportQuarantine, { body: word.body })
    : client.call(askQuarantineHelp, { body: word.body })

const retryMs = 20_000

/**
 * Sends what is kept, the oldest first, and stops where the network does: what is refused for good is told and dropped.
 * @returns what is left, and the last refusal
 */
const sendAll = async (words: readonly Word[]) => {
  let refusal: Refusal | undefined
  for (const [index, word] of words.entries()) {
    const answer = await send(word)
    if (answer.is === 'ok') continue
    if (answer.is === 'refused') refusal = answer.error.text
    const isOver = answer.is === 'refused' && answer.error.retry === 'never'
    if (!isOver) return { left: words.slice(index), refusal }
  }
  return { left: [], refusal }
}

/** The page of one link: read, kept for hours without a network, and what is said sent when there is one. */
export const useOwn = (secret: string) => {
  const [state, setState] = useState<OwnState>({ is: 'reading' })
  const [waiting, setWaiting] = useState(() => keptWords.read(secret).words)
  const [refusal, setRefusal] = useState<Refusal>()
  const words = useRef(waiting)
  const atWork = useRef(false)

  const keep = useCallback(
    (next: readonly Word[], own?: OwnQuarantine) => {
      words.current = next
      setWaiting(next)
      keptWords.keep(secret, { words: next, own: own ?? keptWords.read(secret).own })
    },
    [secret],
  )

  const read = useCallback(async () => {
    const answer = await client.call(readOwnQuarantine, { body: { secret } })
    if (answer.is === 'ok') {
      keep(words.current, answer.value)
      return setState({ is: 'open', own: answer.value, isFresh: true })
    }
    if (answer.is === 'refused' && answer.error.code === 'QUARANTINE_OVER') {
      keptWords.drop(secret)
      return setState({ is: 'over' })
    }
    if (answer.is === 'refused' && answer.error.retry === 'never') return setState({ is: 'unknown' })
    const { own } = keptWords.read(secret)
    setState(own === null ? { is: 'unreachable' } : { is: 'open', own, isFresh: false })
  }, [secret, keep])

  const deliver = useCallback(async () => {
    if (atWork.current) return
    atWork.current = true
    try {
      const before = words.current
      const { left, refusal: refused } = await sendAll(before)
      setRefusal(refused)
      // What was said meanwhile stands behind what was being sent.
      keep([...left, ...words.current.slice(before.length)])
      await read()
    } finally {
      atWork.current = false
    }
  }, [keep, read])

  useEffect(() => {
    void deliver()
    const again = () => void deliver()
    window.addEventListener('online', again)
    const timer = setInterval(() => {
      if (words.current.length > 0) void deliver()
    }, retryMs)
    return () => {
      window.removeEventListener('online', again)
      clearInterval(timer)
    }
  }, [deliver])

  const say = (word: Word): void => {
    keep([...words.current, word])
    void deliver()
  }
  return { state, waiting, refusal, say, retry: deliver }
}
