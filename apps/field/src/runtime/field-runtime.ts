import type { SessionView } from '@guankou/contract/access/session.ts'
import type { ErrorCode } from '@guankou/contract/errors.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { retryByHand } from '@guankou/sync/outbox/by-hand.ts'
import type { OutboxStorage } from '@guankou/sync/outbox/storage.ts'
import { v4 } from 'uuid'
import { openDatabase } from '#src/storage/database.ts'
import { createHeldStore, type HeldStore } from '#src/storage/held-store.ts'
import { createOutboxStore } from '#src/storage/outbox-store.ts'
import { requestPersistence } from '#src/storage/room.ts'
import { openVault } from '#src/storage/vault.ts'
import { createVehicleStore, type VehicleStore } from '#src/storage/vehicle-store.ts'
import { createFieldSync, type FieldSync } from '#src/sync/field-sync.ts'
import { createTransport, type Transport } from '#src/sync/transport.ts'
import { createStore, type Store } from './store.ts'

export type Place = { readonly postId: number; readonly lane: number }

export type SignInFailure = ErrorCode | 'UNREACHABLE'

export type FieldRuntime = {
  readonly profile: Store<SessionView | undefined>
  readonly place: Store<Place | undefined>
  readonly recentOrigins: Store<readonly number[]>
  readonly outbox: OutboxStorage
  readonly vehicles: VehicleStore
  readonly sync: FieldSync
  readonly signIn: (token: string, label: string) => Promise<SignInFailure | undefined>
  readonly signOut: () => Promise<void>
  readonly choosePlace: (place: Place) => Promise<void>
  readonly rememberOrigins: (codes: readonly number[]) => Promise<void>
  readonly sendAgain: (ids: readonly string[]) => Promise<void>
}

type Parts = {
  readonly held: HeldStore
  readonly transport: Transport
  readonly deviceId: string
  readonly profile: Store<SessionView | undefined>
  readonly sync: FieldSync
}

/** Only roles that may push can work here; another would see each record refused. */
const mayRecord = (session: SessionView): boolean =>
  (pushCommands.access.roles as readonly string[]).includes(session.role)

const tryToSignIn = async (
  { held, transport, deviceId, profile, sync }: Parts,
  token: string,
  label: string,
): Promise<SignInFailure | undefined> => {
  sync.announce('session-changing')
  const answer = await transport.signIn(token, { id: deviceId, label })
  if (answer.is === 'unreachable') return 'UNREACHABLE'
  if (answer.is === 'refused') return answer.error.code
  if (!mayRecord(answer.value)) {
    await transport.signOut()
    return 'ROLE_NOT_ALLOWED'
  }
  await held.write('profile', answer.value)
  await held.forgetPinnedKey()
  profile.set(answer.value)
  void requestPersistence().catch(() => false)
  sync.uploader.tell({ is: 'signed-in' })
  sync.downloader.tell({ is: 'signed-in' })
  return undefined
}

const signInWith = async (...given: Parameters<typeof tryToSignIn>): Promise<SignInFailure | undefined> => {
  const failure = await tryToSignIn(...given)
  given[0].sync.announce('session-changed')
  return failure
}

const signOutOf = async ({ held, transport, profile, sync }: Parts): Promise<void> => {
  sync.announce('session-changing')
  profile.set(undefined)
  sync.uploader.tell({ is: 'signed-out' })
  sync.downloader.tell({ is: 'signed-out' })
  await held.remove('profile')
  sync.announce('session-changed')
  await transport.signOut()
}

/** Follows the session that another page changes: stops at once, and goes on with whoever is signed in then. */
const followSession = async (
  { held, profile, sync }: Pick<Parts, 'held' | 'profile' | 'sync'>,
  changing: boolean,
): Promise<void> => {
  if (!changing) profile.set((await held.read('profile')) as SessionView | undefined)
  const is = changing || profile.get() === undefined ? 'signed-out' : 'signed-in'
  sync.uploader.tell({ is })
  sync.downloader.tell({ is })
}

/** Puts the phone together from its storage; the screens know nothing below this. */
export const openFieldRuntime = async (): Promise<FieldRuntime> => {
  const database = openDatabase()
  const vault = await openVault(database)
  const held = createHeldStore(database, vault)
  const outbox = createOutboxStore(database, vault)
  const profile = createStore((await held.read('profile')) as SessionView | undefined)
  const place = createStore((await held.read('place')) as Place | undefined)
  const recentOrigins = createStore(((await held.read('recent-origins')) ?? []) as readonly number[])
  const deviceId = await held.deviceId(v4)
  const transport = createTransport()
  let changingElsewhere = false
  const accountId = () => (changingElsewhere ? undefined : profile.get()?.accountId)
  const sync: FieldSync = createFieldSync({
    outbox,
    held,
    transport,
    deviceId,
    accountId,
    onSessionNews: (news) => {
      changingElsewhere = news === 'session-changing'
      void followSession({ held, profile, sync }, changingElsewhere)
    },
  })
  const parts = { held, transport, deviceId, profile, sync }
  await sync.start()
  return {
    profile,
    place,
    recentOrigins,
    outbox,
    vehicles: createVehicleStore(database, vault),
    sync,
    signIn: (token, label) => signInWith(parts, token, label),
    signOut: () => signOutOf(parts),
    async choosePlace(next) {
      place.set(next)
      await held.write('place', next)
    },
    async rememberOrigins(codes) {
      recentOrigins.set(codes)
      await held.write('recent-origins', codes)
    },
    async sendAgain(ids) {
      await outbox.revise((open) => retryByHand(open, new Set(ids), Date.now()))
      sync.uploader.tell({ is: 'asked' })
      await sync.outboxChanged()
    },
  }
}
