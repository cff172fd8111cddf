import { maxCommandsPerPush } from '@guankou/contract/sync/push.ts'
import { describe, expect, it } from 'vitest'
import {
  freshUpload,
  stepUpload,
  type Upload,
  type UploadEvent,
  type UploadState,
  uploadTable,
} from './machine.ts'

const events: { readonly [E in UploadEvent['is']]: readonly Extract<UploadEvent, { is: E }>[] } = {
  woken: [{ is: 'woken' }],
  asked: [{ is: 'asked' }],
  timer: [{ is: 'timer' }],
  online: [{ is: 'online' }],
  offline: [{ is: 'offline' }],
  'signed-in': [{ is: 'signed-in' }],
  'signed-out': [{ is: 'signed-out' }],
  'nothing-due': [
    { is: 'nothing-due', nextDueInMs: undefined },
    { is: 'nothing-due', nextDueInMs: 4_000 },
  ],
  settled: [
    { is: 'settled', needs: 'nothing', clockRight: true },
    { is: 'settled', needs: 'nothing', clockRight: false },
    { is: 'settled', needs: 'sign-in', clockRight: true },
    { is: 'settled', needs: 'device', clockRight: true },
  ],
  unreachable: [{ is: 'unreachable' }],
  refused: [
    { is: 'refused', retry: 'later', code: 'BUSY', batchSize: 8 },
    { is: 'refused', retry: 'never', code: 'BODY_TOO_LARGE', batchSize: 8 },
    { is: 'refused', retry: 'after-sign-in', code: 'NOT_SIGNED_IN', batchSize: 8 },
    { is: 'refused', retry: 'after-sign-in', code: 'DEVICE_REVOKED', batchSize: 8 },
  ],
  'storage-failed': [{ is: 'storage-failed' }],
  'clock-read': [
    { is: 'clock-read', right: true },
    { is: 'clock-read', right: false },
  ],
}
const everyEvent: readonly UploadEvent[] = Object.values(events).flat()
const states = Object.keys(uploadTable) as UploadState[]
const flags = [true, false]
const everyUpload: readonly Upload[] = states.flatMap((state) =>
  flags.flatMap((online) =>
    flags.flatMap((signedIn) => flags.map((wanted) => ({ ...freshUpload(online, signedIn), state, wanted }))),
  ),
)
const half = () => 0.5
const at = (state: UploadState, more: Partial<Upload> = {}): Upload => ({
  ...freshUpload(true, true),
  state,
  ...more,
})

describe('the upload table', () => {
  it('has one sender: a send leaves exactly on entering sending', () => {
    for (const upload of everyUpload)
      for (const event of everyEvent) {
        const step = stepUpload(upload, event, half)
        const sends = step.effects.filter((effect) => effect.do === 'send').length
        const staysSending = upload.state === 'sending' && step.timer === 'keep'
        expect(sends, `${upload.state} × ${event.is}`).toBe(
          step.next.state === 'sending' && !staysSending ? 1 : 0,
        )
      }
  })

  it('leaves sending only by an answer of its effect', () => {
    const answers = ['nothing-due', 'settled', 'unreachable', 'refused', 'storage-failed']
    for (const event of everyEvent)
      if (!answers.includes(event.is))
        expect(stepUpload(at('sending'), event, half).next.state, event.is).toBe('sending')
  })

  it('never rests without a way on: a timer, or an event a person or the app makes', () => {
    for (const upload of everyUpload)
      for (const event of everyEvent) {
        const step = stepUpload(upload, event, half)
        const entered = step.next.state !== upload.state && step.next.state !== 'sending'
        if (!entered) continue
        const waitsForPerson = ['signed-out', 'device-revoked', 'idle'].includes(step.next.state)
        expect(
          waitsForPerson || typeof step.timer === 'number',
          `${upload.state} × ${event.is} → ${step.next.state}`,
        ).toBe(true)
      }
  })

  it('never sends without a session, except to hear the refusal it began', () => {
    for (const upload of everyUpload.filter((each) => !each.signedIn && each.state !== 'sending'))
      for (const event of everyEvent)
        if (event.is !== 'signed-in' && event.is !== 'clock-read')
          expect(stepUpload(upload, event, half).effects.some((effect) => effect.do === 'send')).toBe(false)
  })
})

describe('the upload machine', () => {
  it('halves a batch refused for good until it is single, and grows back with success', () => {
    let upload = at('sending', { batchLimit: 500 })
    const seen: number[] = []
    for (let size = 500; size > 1; size = upload.batchLimit) {
      upload = stepUpload(
        upload,
        { is: 'refused', retry: 'never', code: 'BODY_TOO_LARGE', batchSize: size },
        half,
      ).next
      seen.push(upload.batchLimit)
    }
    expect(seen).toEqual([250, 125, 62, 31, 15, 7, 3, 1])
    for (let n = 0; n < 10; n += 1)
      upload = stepUpload(upload, { is: 'settled', needs: 'nothing', clockRight: true }, half).next
    expect(upload.batchLimit).toBe(maxCommandsPerPush)
  })

  it('backs off ever longer, at most a minute', () => {
    let upload = at('sending')
    const delays: number[] = []
    for (let n = 0; n < 12; n += 1) {
      const step = stepUpload(upload, { is: 'unreachable' }, () => 1)
      delays.push(Number(step.timer))
      upload = { ...step.next, state: 'sending' }
    }
    expect(delays.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000])
    expect(Math.max(...delays)).toBe(60_000)
  })

  it('tries at once when the line comes back', () => {
    expect(stepUpload(at('backing-off', { online: false }), { is: 'online' }, half).next.state).toBe(
      'sending',
    )
    expect(stepUpload(at('offline', { online: false }), { is: 'online' }, half).next.state).toBe('sending')
  })

  it('tries now and then even while the platform says offline', () => {
    expect(stepUpload(at('offline', { online: false }), { is: 'timer' }, half).next.state).toBe('sending')
  })

  it('waits for sign-in after 401 and stops for a revoked device', () => {
    const no = (code: string) =>
      stepUpload(at('sending'), { is: 'refused', retry: 'after-sign-in', code, batchSize: 1 }, half).next
    expect(no('NOT_SIGNED_IN').state).toBe('signed-out')
    expect(no('DEVICE_REVOKED').state).toBe('device-revoked')
    expect(stepUpload(no('DEVICE_REVOKED'), { is: 'asked' }, half).next.state).toBe('device-revoked')
    expect(stepUpload(no('DEVICE_REVOKED'), { is: 'signed-in' }, half).next.state).toBe('sending')
  })

  it('does not take a refusal of the old session for one of the new', () => {
    const renewed = stepUpload(at('sending'), { is: 'signed-in' }, half).next
    const refusal = { is: 'refused', retry: 'after-sign-in', code: 'NOT_SIGNED_IN', batchSize: 1 } as const
    expect(stepUpload(renewed, refusal, half).next.state).toBe('sending')
  })

  it('goes on once the clock is right', () => {
    const wrong = stepUpload(at('sending'), { is: 'settled', needs: 'nothing', clockRight: false }, half).next
    expect(wrong.state).toBe('clock-wrong')
    expect(stepUpload(wrong, { is: 'clock-read', right: false }, half).next.state).toBe('clock-wrong')
    expect(stepUpload(wrong, { is: 'clock-read', right: true }, half).next.state).toBe('sending')
  })

  it('frees room before it tries again on a full device', () => {
    const full = stepUpload(at('sending'), { is: 'storage-failed' }, half).next
    expect(stepUpload(full, { is: 'timer' }, half).effects.map((effect) => effect.do)).toEqual([
      'free-storage',
      'send',
    ])
  })
})
