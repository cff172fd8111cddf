import type { SessionView } from '@guankou/contract/access/session.ts'
import type { ErrorCode } from '@guankou/contract/errors.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import type { HeldStore } from '#src/storage/held-store.ts'
import { requestPersistence } from '#src/storage/room.ts'
import type { FieldSync } from '#src/sync/field-sync.ts'
import type { Transport } from '#src/sync/transport.ts'
import type { Attributor } from './attribution.ts'
import type { GateKeeper } from './gate.ts'
import type { Store } from './store.ts'

export type SignInFailure = ErrorCode | 'UNREACHABLE'

export type SessionParts = {
  readonly held: HeldStore
  readonly transport: Transport
  readonly deviceId: string
  readonly profile: Store<SessionView | undefined>
  readonly sync: FieldSync
  readonly attributor: Attributor
  readonly keeper: GateKeeper
}

/** Only roles that may push can work here; another would see each record refused. */
const mayRecord = (session: SessionView): boolean =>
  (pushCommands.access.roles as readonly string[]).includes(session.role)

/** Refusals after which this phone cannot work under the new session; others are tried again later. */
const bindStops: readonly string[] = ['DEVICE_NOT_ENROLLED', 'DEVICE_KEY_TAKEN', 'DEVICE_PROOF_WRONG']

const tryToSignIn = async (
  { held, transport, deviceId, profile, sync, attributor, keeper }: SessionParts,
  token: string,
  label: string,
): Promise<SignInFailure | undefined> => {
  sync.announce('session-changing')
  const answer = await transport.signIn(token, { id: deviceId, label })
  if (answer.is === 'unreachable') return 'UNREACHABLE'
  if (answer.is === 'refused') return answer.error.code
  const session = answer.value
  if (!mayRecord(session)) {
    await transport.signOut()
    return 'ROLE_NOT_ALLOWED'
  }
  const unbound = await attributor.bind(session)
  if (unbound !== undefined && bindStops.includes(unbound)) {
    await transport.signOut()
    return unbound
  }
  await held.write('profile', session)
  await held.forgetPinnedKey()
  profile.set(session)
  await keeper.look()
  void requestPersistence().catch(() => false)
  sync.uploader.tell({ is: 'signed-in' })
  sync.downloader.tell({ is: 'signed-in' })
  return undefined
}

/** Spends a sign-in link and binds the session to the key of this phone. */
export const signInWith = async (
  parts: SessionParts,
  token: string,
  label: string,
): Promise<SignInFailure | undefined> => {
  const failure = await tryToSignIn(parts, token, label)
  parts.sync.announce('session-changed')
  return failure
}

/** Ends the session. What its owner sealed goes on travelling; the rest waits for them. */
export const signOutOf = async (parts: SessionParts): Promise<void> => {
  const { held, transport, profile, sync, attributor, keeper } = parts
  sync.announce('session-changing')
  profile.set(undefined)
  sync.uploader.tell({ is: 'signed-out' })
  sync.downloader.tell({ is: 'signed-out' })
  await keeper.look()
  attributor.drop()
  await held.remove('profile')
  sync.announce('session-changed')
  await transport.signOut()
}

/** Follows the session that another page changes: stops at once, and goes on with whoever is signed in then. */
export const followSession = async (
  { held, profile, sync, keeper }: Pick<SessionParts, 'held' | 'profile' | 'sync' | 'keeper'>,
  changing: boolean,
): Promise<void> => {
  if (!changing) {
    profile.set((await held.read('profile')) as SessionView | undefined)
    await keeper.look()
  }
  const is = changing || profile.get() === undefined ? 'signed-out' : 'signed-in'
  sync.uploader.tell({ is })
  sync.downloader.tell({ is })
}
