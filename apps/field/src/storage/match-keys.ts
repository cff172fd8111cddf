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
  /** Whether the key of any of these lists is not in hand. */
  readonly isMissingOf: (lists: readonly MatchList[] | undefined) => boolean
  readonly digestOf: DigestOf
}

const hmac = { name: 'HMAC', hash: 'SHA-256' } as const

const importKey = async ({ listId, key }: MatchKey): Promise<readonly [string, CryptoKey]> => {
  const bytes = Uint8Array.from(atob(key), (character) => character.charCodeAt(0))
  return [listId, await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign'])]
}

const importAll = async (keys: readonly MatchKey[]): Promise<ReadonlyMap<string, CryptoKey>> =>
  new Map(await Promise.all(keys.map(importKey)))

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

export const createMatchKeys = (
  held: Pick<HeldStore, 'readOwn' | 'writeOwn'>,
  keyring: Pick<Keyring, 'openAccount'>,
): MatchKeys => {
  let inHand: ReadonlyMap<string, CryptoKey> = new Map()
  return {
    async take(keys) {
      const accountId = keyring.openAccount()
      // Without an open vault there is nowhere to put them; they come again once it is open.
      if (accountId === undefined) return
      const taken = await importAll(keys)
      await held.writeOwn('match-keys', accountId, keys)
      if (keyring.openAccount() === accountId) inHand = taken
    },
    async open(accountId) {
      const stored = ((await held.readOwn('match-keys', accountId)) ?? []) as readonly MatchKey[]
      const opened = await importAll(stored)
      if (keyring.openAccount() === accountId) inHand = opened
    },
    drop() {
      inHand = new Map()
    },
    isMissingOf: (lists = []) => lists.some(({ id }) => !inHand.has(id)),
    async digestOf(listId, text) {
      const key = inHand.get(listId)
      if (key === undefined) return undefined
      return hexOf(await crypto.subtle.sign(hmac, key, new TextEncoder().encode(text)))
    },
  }
}
