import type { Bilingual } from '@guankou/contract/primitives.ts'

/** Why the phone cannot read what it stored. */
export type UnreadableReason = 'cannot-decrypt' | 'not-json' | 'content-missing' | 'vault-destroyed'

/**
 * Where an entry stands. `accepted`, `rejected`, `unreadable` and `withdrawn` are visible ends; only a person leads
 * out of `rejected`, and nothing leads out of the others.
 */
export type EntryState =
  | { readonly is: 'queued' }
  | { readonly is: 'sending' }
  /** `withoutIdentity`: seats that named somebody earlier whom the server could no longer tell. */
  | { readonly is: 'accepted'; readonly recordedAt: string; readonly withoutIdentity?: readonly number[] }
  | { readonly is: 'rejected'; readonly code: string; readonly path?: string; readonly text?: Bilingual }
  | { readonly is: 'unreadable'; readonly reason: UnreadableReason }
  | { readonly is: 'withdrawn'; readonly atMs: number }

export type EntryStateName = EntryState['is']

/** What the machine needs to know of an entry; the command itself stays sealed until it is sent. */
export type EntryHead = {
  /** The command's own id: sent again, it is the same record. */
  readonly id: string
  /** Entries of one aggregate are sent in the order made; another aggregate never waits for them. */
  readonly aggregateId: string
  /** The account under whose name the entry is recorded. */
  readonly makerId: string
  readonly makerName: Bilingual
  readonly madeAtMs: number
  /** Not sent before this time: held back for undo, or backing off. */
  readonly notBeforeMs: number
  /** How often it may have left the phone. */
  readonly attempts: number
  /** How often in a row the server asked to try later, or gave no outcome. */
  readonly deferrals: number
  /** The code of the last deferral. */
  readonly lastCode?: string
  /** Size of the command, or of its larger sealed copy, as JSON in UTF-8, bytes. */
  readonly bytes: number
  /** A copy sealed for the server lies beside the content: any session of this device may carry it. */
  readonly parcelled?: true
  readonly state: EntryState
}

export type NewEntry = {
  readonly head: EntryHead
  readonly command: unknown
  /** The command sealed for the server, where it could be sealed. */
  readonly parcel?: unknown
}

type EntryInput = {
  readonly id: string
  readonly aggregateId: string
  readonly makerId: string
  readonly makerName: Bilingual
  readonly madeAtMs: number
  readonly holdBackMs: number
  readonly command: unknown
  readonly parcel?: unknown
}

/** Length of a text in UTF-8, bytes; a lone surrogate counts three, as its replacement does. */
export const utf8Bytes = (text: string): number => {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

/** A fresh entry, queued and held back for `holdBackMs` milliseconds so that its maker can take it back. */
export const newEntry = (input: EntryInput): NewEntry => ({
  command: input.command,
  ...(input.parcel === undefined ? {} : { parcel: input.parcel }),
  head: {
    id: input.id,
    aggregateId: input.aggregateId,
    makerId: input.makerId,
    makerName: input.makerName,
    madeAtMs: input.madeAtMs,
    notBeforeMs: input.madeAtMs + input.holdBackMs,
    attempts: 0,
    deferrals: 0,
    bytes: utf8Bytes(JSON.stringify(input.parcel ?? input.command)),
    ...(input.parcel === undefined ? {} : { parcelled: true as const }),
    state: { is: 'queued' },
  },
})

/** States in which something may still happen by itself or by a person. */
export const openStates: readonly EntryStateName[] = ['queued', 'sending', 'rejected', 'unreadable']

export const isOpen = (head: EntryHead): boolean => openStates.includes(head.state.is)

/** Whether an entry still has to reach the server. */
export const isWaiting = (head: EntryHead): boolean =>
  head.state.is === 'queued' || head.state.is === 'sending'
