import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { OverrideGround, OverrideScreening } from '@guankou/contract/screening/override.ts'
import { formatSlipCode, slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import type { VehicleLine } from '#src/storage/vehicle-store.ts'
import type { FieldRuntime } from './field-runtime.ts'

export type OverrideMade =
  | { readonly is: 'recorded' }
  | { readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly is: 'storage-full' }

export type OverrideDraft = {
  /** As it was typed and read back; twelve characters. */
  readonly slipCode: string
  readonly disposition: Disposition
  readonly ground: OverrideGround
  readonly words: string
}

const prefix = 'override:'

/** The code on the slip that an entry of the outbox is about; nothing for any other entry. */
export const overriddenSlip = (aggregateId: string): string | undefined =>
  aggregateId.startsWith(prefix) ? aggregateId.slice(prefix.length) : undefined

/**
 * Stores a lead’s decision. It names the person by the code on the slip, so that it can be about what another phone
 * recorded; overrides of one person are sent in the order in which they were made.
 */
export const recordOverride = async (
  runtime: FieldRuntime,
  { jurisdiction }: Pick<Post, 'jurisdiction'>,
  { slipCode, disposition, ground, words }: OverrideDraft,
): Promise<OverrideMade> => {
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const nowMs = Date.now()
  const command: OverrideScreening = {
    kind: 'screening.override',
    schemaVersion: 1,
    id: v7({ msecs: nowMs }),
    jurisdiction,
    occurredAt: new Date(nowMs).toISOString(),
    about: { slipCode },
    disposition,
    ground,
    ...(words === '' ? {} : { words }),
  }
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    aggregateId: `${prefix}${formatSlipCode(slipCode)}`,
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs: nowMs,
    holdBackMs: 0,
    command,
    parcel,
  })
  try {
    await runtime.outbox.add(entry)
  } catch (cause) {
    if (cause instanceof StorageFull) return { is: 'storage-full' }
    throw cause
  }
  await runtime.sync.outboxChanged()
  return { is: 'recorded' }
}

const looked = 200

/** The vehicle that a slip code is of, where this account recorded it on this phone. */
export const findBySlipHere = async (
  { outbox, vehicles }: Pick<FieldRuntime, 'outbox' | 'vehicles'>,
  slipCode: string,
  seat: number,
): Promise<VehicleLine | undefined> => {
  const heads = [...(await outbox.readOpen()), ...(await outbox.readClosed(looked))]
  const fitting = heads.filter(({ id }) => slipCodeOf(id, seat) === slipCode).map(({ id }) => id)
  const [line] = (await vehicles.readLines(fitting)).values()
  return line
}
