import type { SessionView } from '@guankou/contract/access/session.ts'
import { matchingRoles } from '@guankou/contract/matching/reasons.ts'
import { retryByHand } from '@guankou/sync/outbox/by-hand.ts'
import type { OutboxStorage } from '@guankou/sync/outbox/storage.ts'
import { v4 } from 'uuid'
import { type KnownPassage, passagesOf } from '#src/lane/known-vehicle.ts'
import { type FieldDatabase, openDatabase } from '#src/storage/database.ts'
import { databaseName, type NamedPage } from '#src/storage/database-name.ts'
import { type DeviceKey, openDeviceKey } from '#src/storage/device-key.ts'
import { createHeldStore, type HeldStore, type OwnName } from '#src/storage/held-store.ts'
import { createMatchKeys, type MatchKeys } from '#src/storage/match-keys.ts'
import { createOutboxStore, readLots, shedSealedContent } from '#src/storage/outbox-store.ts'
import { createPinVaults } from '#src/storage/pin-vaults.ts'
import { type Keyring, openKeyring } from '#src/storage/vault.ts'
import { createVehicleStore, type VehicleStore } from '#src/storage/vehicle-store.ts'
import { beginAnew, readWiped, type Wiped } from '#src/storage/wipe.ts'
import { createFieldSync, type FieldSync } from '#src/sync/field-sync.ts'
import { createTransport, type Transport } from '#src/sync/transport.ts'
import { type Attributor, createAttributor } from './attribution.ts'
import { createDeviceContact, type DeviceContact } from './device-contact.ts'
import { type Enrolled, enrolWith } from './enrol.ts'
import { createGateKeeper, type GateKeeper } from './gate.ts'
import { watchIdle } from './idle-watch.ts'
import { createMatchBook, type MatchBook } from './match-book.ts'
import { createPostDesk, type PostDesk } from './post-desk.ts'
import { followSession, type SessionParts, type SignInFailure, signInWith, signOutOf } from './session.ts'
import { createStore, type Store } from './store.ts'

export type Place = { readonly postId: number; readonly lane: number }

export type FieldRuntime = {
  readonly profile: Store<SessionView | undefined>
  readonly place: Store<Place | undefined>
  readonly recentOrigins: Store<readonly number[]>
  readonly wiped: Store<Wiped | undefined>
  readonly keeper: GateKeeper
  readonly outbox: OutboxStorage
  readonly vehicles: VehicleStore
  readonly sync: FieldSync
  readonly matches: MatchBook
  /** Whether the keys of lists are in hand and fit. */
  readonly matchKeys: Pick<MatchKeys, 'stateOf' | 'subscribe' | 'version'>
  readonly desk: PostDesk
  readonly readCrewHealth: Transport['readCrewHealth']
  /** Called before the vault closes and after it opened; the lane puts its work away and takes it up again. */
  readonly atWork: { onClosing: () => Promise<void>; onOpened: () => Promise<void> }
  readonly signIn: (token: string, label: string) => Promise<SignInFailure | undefined>
  readonly signOut: () => Promise<void>
  readonly enrol: (code: string) => Promise<Enrolled>
  /** A wiped phone starts again as one that nobody knows. */
  readonly beginAnew: () => Promise<void>
  readonly sealParcel: (commandId: string, command: unknown) => Promise<unknown>
  /** Passages of a plate as the server tells them; nothing without a network, or beyond the limit. */
  readonly askPassages: (plate: string) => Promise<readonly KnownPassage[]>
  readonly choosePlace: (place: Place) => Promise<void>
  readonly rememberOrigins: (codes: readonly number[]) => Promise<void>
  readonly sendAgain: (ids: readonly string[]) => Promise<void>
  readonly handovers: HandoverPorts
  readonly round: RoundPorts
  readonly pairing: OwnStore
}

/** What of something lies in the vault of whoever has unlocked. */
export type OwnStore = {
  readonly read: (accountId: string) => Promise<unknown>
  readonly write: (accountId: string, value: unknown) => Promise<void>
}

/** What a community round needs of the phone beyond its outbox. */
export type RoundPorts = Pick<Transport, 'call'> & OwnStore & { readonly drafts: OwnStore }

/** What hand-overs need of the phone beyond its outbox. */
export type HandoverPorts = Pick<Transport, 'listHandovers' | 'readHandoverNames'> & {
  readonly deviceId: string
  readonly prove: DeviceKey['prove']
} & OwnStore

type Phone = {
  readonly database: FieldDatabase
  readonly keyring: Keyring
  readonly held: HeldStore
  readonly deviceId: string
  readonly deviceKey: DeviceKey
  readonly matchKeys: MatchKeys
  readonly transport: Transport
  readonly profile: Store<SessionView | undefined>
  readonly wiped: Store<Wiped | undefined>
  readonly atWork: FieldRuntime['atWork']
}

/** What is put together before anything runs; parts that need each other find each other here. */
type Parts = SessionParts &
  Phone & { readonly outbox: OutboxStorage; readonly keeper: GateKeeper; readonly contact: DeviceContact }

const lockAfterMinutesWithoutPolicy = 10

const openPhone = async (hear: (code: string) => void): Promise<Phone> => {
  const database = openDatabase(databaseName(document as NamedPage))
  const keyring = await openKeyring(database)
  const held = createHeldStore(database, keyring)
  const deviceId = await held.deviceId(v4)
  return {
    database,
    keyring,
    held,
    deviceId,
    deviceKey: await openDeviceKey(database, deviceId),
    matchKeys: createMatchKeys(held, keyring),
    transport: createTransport(hear),
    profile: createStore((await held.read('profile')) as SessionView | undefined),
    wiped: createStore(await readWiped(database)),
    atWork: { onClosing: async () => undefined, onOpened: async () => undefined },
  }
}

const syncOf = (phone: Phone, outbox: OutboxStorage, keeper: () => GateKeeper): FieldSync => {
  const { database, held, transport, deviceId, deviceKey, matchKeys, profile, keyring } = phone
  let changingElsewhere = false
  const sync: FieldSync = createFieldSync({
    outbox,
    readLots: () => readLots(database),
    held,
    transport,
    deviceId,
    deviceKey,
    matchKeys,
    compares: () => matchingRoles.some((role) => role === profile.get()?.role),
    accountId: () => (changingElsewhere ? undefined : profile.get()?.accountId),
    openVaultOf: keyring.openAccount,
    onSessionNews: (news) => {
      changingElsewhere = news === 'session-changing'
      void followSession({ held, profile, sync, keeper: keeper() }, changingElsewhere)
    },
  })
  return sync
}

/** Makes sure that what is made from now on, and what waits already, can travel whoever is signed in. */
const sealUp = async (profile: Phone['profile'], attributor: Attributor): Promise<void> => {
  const account = profile.get()
  if (!attributor.inHand() && account !== undefined && navigator.onLine) await attributor.bind(account)
  if (attributor.inHand()) await attributor.sealWaiting().catch(() => undefined)
}

const keeperOf = (
  phone: Phone,
  sync: FieldSync,
  attributor: Attributor,
  contact: DeviceContact,
): GateKeeper => {
  const { database, keyring, profile, held, transport, matchKeys, atWork } = phone
  return createGateKeeper({
    vaults: createPinVaults(database, keyring),
    keyring,
    profile,
    policy: () => sync.downloader.held()?.content.phones,
    onClosing: async () => {
      if (attributor.inHand()) await attributor.sealWaiting().catch(() => undefined)
      matchKeys.drop()
      await atWork.onClosing()
      await shedSealedContent(database).catch(() => undefined)
    },
    async onOpened(accountId) {
      await attributor.vaultOpened(accountId)
      await matchKeys.open(accountId).catch(() => undefined)
      await atWork.onOpened()
      void sealUp(profile, attributor).then(sync.outboxChanged)
      // Keys that came while the vault was closed had nowhere to go.
      if (matchKeys.isMissingOf(sync.downloader.held()?.content.matching))
        sync.downloader.tell({ is: 'asked' })
    },
    async onDestroyed() {
      void contact.now()
      attributor.drop()
      matchKeys.drop()
      profile.set(undefined)
      await held.remove('profile')
      sync.uploader.tell({ is: 'signed-out' })
      sync.downloader.tell({ is: 'signed-out' })
      await sync.outboxChanged()
      await transport.signOut()
    },
  })
}

/** Parts that answer each other: a refusal may ask for a wipe, the session for the gate, the gate for the session. */
const assemble = async (): Promise<Parts> => {
  const late: { contact?: DeviceContact; keeper?: GateKeeper } = {}
  const phone = await openPhone((code) => {
    if (code === 'DEVICE_WIPE_REQUESTED') void late.contact?.now()
  })
  const { database, keyring, held, deviceId, deviceKey, transport, wiped, atWork } = phone
  const outbox = createOutboxStore(database, keyring.own)
  const keeperLater = (): GateKeeper => {
    if (late.keeper === undefined) throw new Error('the gate is not there yet')
    return late.keeper
  }
  const sync = syncOf(phone, outbox, keeperLater)
  const sealingKey = () => sync.downloader.held()?.content.sealingKey
  const { openAccount } = keyring
  const attributor = createAttributor({
    held,
    outbox,
    transport,
    deviceKey,
    deviceId,
    openAccount,
    sealingKey,
  })
  const onWipe = (): void => {
    sync.stop()
    keyring.drop()
    void atWork.onClosing()
  }
  const contact = createDeviceContact({ database, held, transport, deviceKey, deviceId, wiped, onWipe })
  const keeper = keeperOf(phone, sync, attributor, contact)
  late.contact = contact
  late.keeper = keeper
  return { ...phone, outbox, sync, attributor, keeper, contact }
}

const startAll = async ({ sync, keeper, contact, wiped }: Parts): Promise<void> => {
  contact.start()
  if (wiped.get() !== undefined) return
  await sync.start()
  await keeper.look()
  sync.downloader.subscribe(() => void keeper.look())
  watchIdle(
    () =>
      (sync.downloader.held()?.content.phones?.lockAfterMinutes ?? lockAfterMinutesWithoutPolicy) * 60_000,
    () => void keeper.lock(),
  )
}

const ownStoreOf = (held: HeldStore, name: OwnName): OwnStore => ({
  read: (accountId) => held.readOwn(name, accountId),
  write: (accountId, value) => held.writeOwn(name, accountId, value),
})

const handoverPorts = ({ transport, deviceKey, deviceId, held }: Parts): HandoverPorts => ({
  listHandovers: transport.listHandovers,
  readHandoverNames: transport.readHandoverNames,
  deviceId,
  prove: deviceKey.prove,
  ...ownStoreOf(held, 'handovers'),
})

const deskOf = (
  { held, transport }: Parts,
  runtime: Pick<FieldRuntime, 'profile' | 'outbox' | 'sealParcel' | 'sync'>,
): PostDesk =>
  createPostDesk({
    runtime,
    read: (accountId) => held.readOwn('post-desk', accountId),
    write: (accountId, desk) => held.writeOwn('post-desk', accountId, desk),
    async ask(postId) {
      const answer = await transport.readPost(postId)
      return answer.is === 'ok' ? answer.value : answer.is
    },
    async askForDispatches() {
      const answer = await transport.readOwnDispatches()
      return answer.is === 'ok' ? answer.value.dispatches : undefined
    },
  })

const askPassages = async (
  { profile, transport }: Parts,
  plate: string,
): Promise<readonly KnownPassage[]> => {
  if (!navigator.onLine || profile.get() === undefined) return []
  const answer = await transport.passages(plate)
  return answer.is === 'ok' ? passagesOf(answer.value) : []
}

const matchBookOf = ({ matchKeys, transport }: Phone): MatchBook =>
  createMatchBook({
    matchKeys,
    confirmMatch: transport.confirmMatch,
    isOnline: () => navigator.onLine,
    nowMs: Date.now,
  })

const listsOf = (phone: Phone): Pick<FieldRuntime, 'matches' | 'matchKeys'> => ({
  matches: matchBookOf(phone),
  matchKeys: phone.matchKeys,
})

/** Puts the phone together from its storage; the screens know nothing below this. */
export const openFieldRuntime = async (): Promise<{
  readonly runtime: FieldRuntime
  readonly start: () => Promise<void>
}> => {
  const parts = await assemble()
  const { database, keyring, held, outbox, sync, profile, keeper, wiped, atWork, attributor } = parts
  const place = createStore((await held.read('place')) as Place | undefined)
  const recentOrigins = createStore(((await held.read('recent-origins')) ?? []) as readonly number[])
  const runtime: FieldRuntime = {
    profile,
    place,
    recentOrigins,
    wiped,
    keeper,
    outbox,
    vehicles: createVehicleStore(database, keyring.own),
    sync,
    ...listsOf(parts),
    desk: deskOf(parts, { profile, outbox, sync, sealParcel: attributor.seal }),
    readCrewHealth: parts.transport.readCrewHealth,
    atWork,
    signIn: (token, label) => signInWith(parts, token, label),
    signOut: () => signOutOf(parts),
    enrol: (code) => enrolWith(parts, code),
    beginAnew: () => beginAnew(database),
    sealParcel: attributor.seal,
    handovers: handoverPorts(parts),
    round: {
      call: parts.transport.call,
      ...ownStoreOf(held, 'round'),
      drafts: ownStoreOf(held, 'round-drafts'),
    },
    pairing: ownStoreOf(held, 'pairing'),
    askPassages: (plate) => askPassages(parts, plate),
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
  return { runtime, start: () => startAll(parts) }
}
