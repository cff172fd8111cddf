import { freshUpload, type UploadState } from '@guankou/sync/upload/machine.ts'
import { expect, it } from 'vitest'
import { chipOf } from './sync-chip.ts'

const view = (state: UploadState, waiting = 0, wrong = 0, online = true) => ({
  upload: { ...freshUpload(online, true), state },
  counts: {
    waiting,
    ownWaiting: 0,
    unsealed: 0,
    carried: 0,
    waitingForOthers: new Map(),
    rejected: wrong,
    unreadable: 0,
    oldestWaitingMs: undefined,
  },
  skewMs: 0,
  online,
})

it.each([
  ['device-revoked', 3, 1, true, 'revoked'],
  ['storage-full', 3, 0, true, 'full'],
  ['clock-wrong', 3, 0, true, 'clock'],
  ['idle', 0, 2, true, 'rejected'],
  ['signed-out', 1, 0, true, 'signIn'],
  ['offline', 0, 0, false, 'offline'],
  ['offline', 4, 0, false, 'offlineWaiting'],
  ['sending', 2, 0, true, 'sending'],
  ['backing-off', 2, 0, true, 'waiting'],
  ['idle', 0, 0, true, 'synced'],
] as const)(
  'says of %s with %i waiting and %i wrong, online %s: %s',
  (state, waiting, wrong, online, key) => {
    expect(chipOf(view(state, waiting, wrong, online)).key).toBe(key)
  },
)
