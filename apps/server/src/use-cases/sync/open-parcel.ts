import type { Refusal } from '@guankou/contract/errors.ts'
import { Parcel, ParcelContent } from '@guankou/contract/sync/parcel.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { findMaker, type Maker } from '@guankou/db/queries/access/device-states.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import { clockToleranceMs } from '@guankou/domain/screening/decide.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Attribution } from '#src/identity/parcel-opener.ts'
import { done, type Result, refused } from '#src/result.ts'
import { compileChecker } from '#src/schema-checker.ts'

const checkParcel = compileChecker(Parcel)
const checkContent = compileChecker(ParcelContent)

export type OpenedParcel = { readonly maker: Actor; readonly command: unknown }

/** Looks each maker up once per push. */
export type FindMaker = (accountId: string) => Promise<Maker | undefined>

export const makerFinder = ({ db }: ServerContext): FindMaker => {
  const found = new Map<string, Promise<Maker | undefined>>()
  return (accountId) => {
    const known = found.get(accountId)
    if (known !== undefined) return known
    const maker = findMaker(db.query, accountId)
    found.set(accountId, maker)
    return maker
  }
}

const parseContent = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const occurredAtOf = (command: unknown): number | undefined => {
  const told = (command as { occurredAt?: unknown } | null)?.occurredAt
  return typeof told === 'string' ? instantMs(told) : undefined
}

const idOf = (command: unknown): unknown => (command as { id?: unknown } | null)?.id

/**
 * Whether a record may bear the name of its maker: made before the attribution was over, by an account that was not
 * yet disabled then and may record. The phone tells the time; its clock may be off by what is
 * tolerated of any record.
 */
const mayBear = (attribution: Attribution, maker: Maker, occurredAtMs: number): boolean => {
  if (occurredAtMs > attribution.untilMs + clockToleranceMs) return false
  if (maker.disabledAt !== null && occurredAtMs > maker.disabledAt.getTime()) return false
  return (pushCommands.access.roles as readonly string[]).includes(maker.role)
}

const open = async (
  { parcels }: ServerContext,
  given: unknown,
  deviceId: string,
): Promise<{ readonly parcel: Parcel; readonly content: ParcelContent } | { readonly refusal: Refusal }> => {
  const parcel = checkParcel(given)
  if (!parcel.ok) return { refusal: parcel.refusal }
  const text = await parcels.open(parcel.value, deviceId)
  const content = text === undefined ? undefined : checkContent(parseContent(text))
  if (content === undefined || !content.ok || idOf(content.value.command) !== parcel.value.id)
    return { refusal: { code: 'PARCEL_UNREADABLE' } }
  return { parcel: parcel.value, content: content.value }
}

/** Opens a sealed command and says under whose name it goes on, whoever carried it here. */
export const openParcel = async (
  context: ServerContext,
  carrier: Actor,
  given: unknown,
  find: FindMaker,
): Promise<Result<OpenedParcel>> => {
  if (carrier.deviceId === null) return refused('ATTRIBUTION_REFUSED')
  const opened = await open(context, given, carrier.deviceId)
  if ('refusal' in opened) return { ok: false, refusal: opened.refusal }
  const { command, attribution: told } = opened.content
  const attribution = context.parcels.readAttribution(told)
  const occurredAtMs = occurredAtOf(command)
  if (attribution === undefined || attribution.deviceId !== carrier.deviceId || occurredAtMs === undefined)
    return refused('ATTRIBUTION_REFUSED')
  const maker = await find(attribution.accountId)
  if (maker === undefined || !mayBear(attribution, maker, occurredAtMs)) return refused('ATTRIBUTION_REFUSED')
  return done({
    command,
    maker: {
      ...carrier,
      accountId: maker.accountId,
      name: maker.name,
      role: maker.role as Actor['role'],
      areaCode: maker.areaCode,
      crew: null,
    },
  })
}
