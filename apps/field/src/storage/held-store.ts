import type { HeldPack, PackStorage } from '@guankou/sync/download/runner.ts'
import { type FieldDatabase, writing } from './database.ts'
import type { Keyring, Sealed, Vault } from './vault.ts'

/** Single things the phone holds: who works on it, where, and with which pack. */
export type HeldStore = {
  readonly read: (name: HeldName) => Promise<unknown>
  readonly write: (name: HeldName, value: unknown) => Promise<void>
  readonly remove: (name: HeldName) => Promise<void>
  /** What belongs to whoever has unlocked, under their vault; nothing while it is closed. */
  readonly readOwn: (name: OwnName, accountId: string) => Promise<unknown>
  readonly writeOwn: (name: OwnName, accountId: string, value: unknown) => Promise<void>
  /** Identifies this phone to the server; made once. */
  readonly deviceId: (make: () => string) => Promise<string>
  readonly packs: PackStorage
  /** The next pack may be signed by another key: somebody with a fresh sign-in link vouches for the server. */
  readonly forgetPinnedKey: () => Promise<void>
}

export type HeldName = 'profile' | 'place' | 'recent-origins' | 'registered'
export type OwnName =
  | 'attribution'
  | 'match-keys'
  | 'handovers'
  | 'post-desk'
  | 'round'
  | 'round-drafts'
  | 'pairing'

const label = (name: string): string => `held:${name}`

const packStorage = ({ dexie, held }: FieldDatabase): PackStorage => ({
  async readPack() {
    return (await held.get('pack'))?.value as HeldPack | undefined
  },
  async readPinnedKey() {
    return (await held.get('pinned-key'))?.value as string | undefined
  },
  writePack: (pack) =>
    writing(() =>
      dexie.transaction('rw', held, async () => {
        await held.put({ name: 'pack', value: pack })
        if ((await held.get('pinned-key')) === undefined)
          await held.put({ name: 'pinned-key', value: pack.pack.publicKey })
      }),
    ),
})

export const createHeldStore = (database: FieldDatabase, { phone, own }: Keyring): HeldStore => {
  const { dexie, held } = database
  const read = async (vault: Vault, name: string): Promise<unknown> => {
    const row = await held.get(name)
    if (row === undefined) return undefined
    const opened = await vault.open(label(name), row.value as Sealed)
    return opened.is === 'read' ? opened.value : undefined
  }
  const write = async (vault: Vault, name: string, value: unknown): Promise<void> => {
    const sealed = await vault.seal(label(name), value)
    await writing(() => held.put({ name, value: sealed }))
  }
  return {
    read: (name) => read(phone, name),
    write: (name, value) => write(phone, name, value),
    readOwn: (name, accountId) => read(own, `${name}:${accountId}`),
    writeOwn: (name, accountId, value) => write(own, `${name}:${accountId}`, value),
    remove: (name) => held.delete(name),
    deviceId: (make) =>
      dexie.transaction('rw', held, async () => {
        const known = (await held.get('device-id'))?.value
        if (typeof known === 'string') return known
        const id = make()
        await held.add({ name: 'device-id', value: id })
        return id
      }),
    packs: packStorage(database),
    forgetPinnedKey: () => held.delete('pinned-key'),
  }
}
