import type { MatchKey, MatchList } from '@guankou/contract/matching/match-list.ts'
import type { DigestOf } from '@guankou/domain/matching/matches-of.ts'
import type { HeldStore } from './held-store.ts'
import type { Keyring } from './vault.ts'

/** Keys of match lists: on the phone in the vault of whoever has unlocked, in memory as keys that script cannot read. */
export type MatchKeys = {
  /** Takes what a head brought; what lists do not need any more is forgotten. */
  readonly take: (keys: readonly MatchKey[]) => Promise<void>
  /** The vault of an account was opened: what lies in it is read. */
  readonly open: (accountId: string) => Promise<void>
  readonly drop: () => void
  /** Whether the key of any of these lists is not in hand, or is another one than the list was made with. */
  readonly isMissingOf: (lists: readonly MatchList[] | undefined) => boolean
  /** What of a list can be said about its key: nothing can be compared unless it fits. */
  readonly stateOf: (list: Pick<MatchList, 'id' | 'keyCheck'>) => MatchKeyState
  readonly digestOf: DigestOf
  /** Told when keys came or went. @returns what ends it */
  readonly subscribe: (listener: () => void) => () => void
  /** Counts how often keys came or went. */
  readonly version: () => number
}

export type MatchKeyState = 'fits' | 'missing' | 'other'

type KeyInHand = { readonly key: CryptoKey; readonly check: string }

/** Hexadecimal digits of the SHA-256 of a key that a list carries. */
const checkDigits = 16

const hmac = { name: 'HMAC', hash: 'SHA-256' } as const

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

const importKey = async ({ listId, key }: MatchKey): Promise<readonly [string, KeyInHand]> => {
  const bytes = Uint8Array.from(atob(key), (character) => character.charCodeAt(0))
  const check = hexOf(await crypto.subtle.digest('SHA-256', bytes)).slice(0, checkDigits)
  return [listId, { key: await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign']), check }]
}

const importAll = async (keys: readonly MatchKey[]): Promise<ReadonlyMap<string, KeyInHand>> =>
  new Map(await Promise.all(keys.map(importKey)))

export const createMatchKeys = (
  held: Pick<HeldStore, 'readOwn' | 'writeOwn'>,
  keyring: Pick<Keyring, 'openAccount'>,
): MatchKeys => {
  let inHand: ReadonlyMap<string, KeyInHand> = new Map()
  let version = 0
  const listeners = new Set<() => void>()
  const hold = (keys: ReadonlyMap<string, KeyInHand>): void => {
    inHand = keys
    version += 1
    for (const listener of listeners) listener()
  }
  const stateOf: MatchKeys['stateOf'] = ({ id, keyCheck }) => {
    const held = inHand.get(id)
    if (held === undefined) return 'missing'
    return held.check === keyCheck ? 'fits' : 'other'
  }
  return {
    async take(keys) {
      const accountId = keyring.openAccount()
      // Without an open vault there is nowhere to put them; they come again once it is open.
      if (accountId === undefined) return
      const taken = await importAll(keys)
      await held.writeOwn('match-keys', accountId, keys)
      if (keyring.openAccount() === accountId) hold(taken)
    },
    async open(accountId) {
      const stored = ((await held.readOwn('match-keys', accountId)) ?? []) as readonly MatchKey[]
      const opened = await importAll(stored)
      if (keyring.openAccount() === accountId) hold(opened)
    },
    drop() {
      hold(new Map())
    },
    isMissingOf: (lists = []) => lists.some((list) => stateOf(list) !== 'fits'),
    stateOf,
    async digestOf(list, text) {
      const held = inHand.get(list.id)
      // Under another key nobody would ever agree, and nothing would tell.
      if (held === undefined || stateOf(list) !== 'fits') return undefined
      return hexOf(await crypto.subtle.sign(hmac, held.key, new TextEncoder().encode(text)))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
  }
}
