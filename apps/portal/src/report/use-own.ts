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

/** Where the page stands; `over` and `moved`: the episode has ended here, and the link with it. */
export type OwnState =
  | { readonly is: 'reading' }
  | { readonly is: 'open'; readonly own: OwnQuarantine; readonly isFresh: boolean }
  | { readonly is: 'over' }
  | { readonly is: 'moved' }
  | { readonly is: 'replaced' }
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
    // What was said under a link that was replaced waits for the new one.
    const isOver =
      answer.is === 'refused' &&
      answer.error.retry === 'never' &&
      answer.error.code !== 'QUARANTINE_LINK_REPLACED'
    if (!isOver) return { left: words.slice(index), refusal }
  }
  return { left: [], refusal }
}

/** Words that wait on this phone, in memory and in its storage. */
const useWaiting = (secret: string) => {
  const [waiting, setWaiting] = useState(() => {
    keptWords.adopt(secret)
    return keptWords.read(secret).words
  })
  const words = useRef(waiting)
  const keep = useCallback(
    (next: readonly Word[], own?: OwnQuarantine) => {
      words.current = next
      setWaiting(next)
      keptWords.keep(secret, { words: next, own: own ?? keptWords.read(secret).own })
    },
    [secret],
  )
  return { waiting, words, keep }
}

/** What the server says of the link, or this phone where there is no network. */
const readState = async (secret: string): Promise<OwnState> => {
  const answer = await client.call(readOwnQuarantine, { body: { secret } })
  if (answer.is === 'ok') return { is: 'open', own: answer.value, isFresh: true }
  if (answer.is === 'refused' && answer.error.code === 'QUARANTINE_OVER') return { is: 'over' }
  if (answer.is === 'refused' && answer.error.code === 'QUARANTINE_MOVED') return { is: 'moved' }
  if (answer.is === 'refused' && answer.error.code === 'QUARANTINE_LINK_REPLACED') return { is: 'replaced' }
  if (answer.is === 'refused' && answer.error.retry === 'never') return { is: 'unknown' }
  const { own } = keptWords.read(secret)
  return own === null ? { is: 'unreachable' } : { is: 'open', own, isFresh: false }
}

/** Asks again when the network is back, and by the clock while something waits. */
const useAgain = (deliver: () => Promise<void>, isWaiting: () => boolean): void => {
  useEffect(() => {
    void deliver()
    const again = () => void deliver()
    window.addEventListener('online', again)
    const timer = setInterval(() => {
      if (isWaiting()) again()
    }, retryMs)
    return () => {
      window.removeEventListener('online', again)
      clearInterval(timer)
    }
  }, [deliver, isWaiting])
}

/** The page of one link: read, kept for hours without a network, and what is said sent when there is one. */
export const useOwn = (secret: string) => {
  const [state, setState] = useState<OwnState>({ is: 'reading' })
  const [refusal, setRefusal] = useState<Refusal>()
  const { waiting, words, keep } = useWaiting(secret)
  const atWork = useRef(false)
  const deliver = useCallback(async () => {
    if (atWork.current) return
    atWork.current = true
    try {
      const before = words.current
      const { left, refusal: refused } = await sendAll(before)
      setRefusal(refused)
      // What was said meanwhile stands behind what was being sent.
      keep([...left, ...words.current.slice(before.length)])
      const next = await readState(secret)
      if (next.is === 'open') keep(words.current, next.own)
      if (next.is === 'over' || next.is === 'moved') keptWords.drop(secret)
      // A phone that somebody lost shows nothing of the page any more.
      if (next.is === 'replaced') keptWords.keep(secret, { words: words.current, own: null })
      setState(next)
    } finally {
      atWork.current = false
    }
  }, [secret, words, keep])
  const isWaiting = useCallback(() => words.current.length > 0, [words])
  useAgain(deliver, isWaiting)
  const say = (word: Word): void => {
    keep([...words.current, word])
    void deliver()
  }
  return { state, waiting, refusal, say, retry: deliver }
}
