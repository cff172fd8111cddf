import { setTimeout as pause } from 'node:timers/promises'
import { recordScreening } from '@guankou/contract/screening/endpoints.ts'
import { below, happens, type Random } from '@guankou/simulator/random/stream.ts'
import type { Arrival } from './arrivals.ts'
import type { Ledger } from './ledger.ts'
import type { Session } from './line.ts'

const lostAnswerShare = 0.03
const longestRetryPauseMs = 150
const longestPauseMs = 40

export type Desk = {
  readonly record: () => Promise<void>
  /** Ends after the command at hand is answered. */
  readonly finish: () => void
  /** Ends at once, answered or not. */
  readonly stop: () => void
}

export type DeskParts = {
  readonly session: Session
  readonly nextArrival: (nowMs: number) => Arrival
  readonly random: Random
  readonly ledger: Ledger
}

/** Another system that posts one screening per request and repeats each until it is answered for good. */
export const createDesk = ({ session, nextArrival, random, ledger }: DeskParts): Desk => {
  let isRecording = true
  let isStopped = false
  const postOnce = async (body: Arrival['command']): Promise<'answered' | 'later'> => {
    ledger.noteSent([body.id])
    const answer = await session.client.call(recordScreening, { body })
    if (answer.is === 'ok') {
      ledger.noteAccepted(answer.value.id, answer.value.recordedAt, answer.value.duplicate)
      return happens(random, lostAnswerShare) ? 'later' : 'answered'
    }
    if (answer.is === 'unreachable' || answer.error.retry === 'later') return 'later'
    ledger.noteRefused(body.id, answer.error.code)
    return 'answered'
  }
  return {
    record: async () => {
      while (isRecording) {
        const { command, isWrong } = nextArrival(Date.now())
        ledger.noteMade(command, isWrong)
        while (!isStopped && (await postOnce(command)) === 'later')
          await pause(below(random, longestRetryPauseMs))
        await pause(below(random, longestPauseMs))
      }
    },
    finish: () => {
      isRecording = false
    },
    stop: () => {
      isRecording = false
      isStopped = true
    },
  }
}
