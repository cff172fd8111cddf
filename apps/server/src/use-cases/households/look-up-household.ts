import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import {
  type lookUpHousehold as declared,
  mostHouseholdsFound,
} from '@guankou/contract/households/look-up.ts'
import type { SearchedKind } from '@guankou/contract/identity/look-up.ts'
import { lookUpPurposesOf } from '@guankou/contract/identity/purposes.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import type { IdentityAccess } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { normaliseSought } from '@guankou/domain/identity/normalise.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import {
  bestOf,
  readHouseholdsFound,
  type SoughtHousehold,
  soughtByAddress,
} from '#src/use-cases/households/found-households.ts'
import {
  householdFile,
  memberOf,
  type OpenHousehold,
  openHousehold,
} from '#src/use-cases/households/household-file.ts'
import { householdSeen } from '#src/use-cases/households/household-seen.ts'
import { jurisdictionsOf, keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'
import { mayLookUp, writeLookUp } from '#src/use-cases/identity/write-look-up.ts'

const doorNumber = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

type Input = BodyOf<typeof declared>
type Answer = OutputOf<typeof declared>

/** What is looked for: one door by its number, or whatever stands under some digests. */
type Sought = { readonly kind: SearchedKind; readonly text: string } & (
  | { readonly is: 'door'; readonly householdId: string }
  | { readonly is: 'digests'; readonly by: SoughtHousehold }
)

const checkInput = (actor: Actor, { purpose, reason, sought }: Input): Result<void> => {
  if (lookUpPurposesOf[actor.role]?.includes(purpose) !== true)
    return refused('PURPOSE_NOT_ALLOWED', '/purpose')
  if (!reason.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/reason')
  if (!sought.text.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/sought/text')
  return isReason(reason) ? done(undefined) : refused('REASON_TOO_SHORT', '/reason')
}

const soughtOf = async (
  { identity }: ServerContext,
  { kind, text }: Input['sought'],
): Promise<Result<Sought>> => {
  if (kind === 'door') {
    const householdId = text.trim().toLowerCase()
    if (!doorNumber.test(householdId)) return refused('INVALID_INPUT', '/sought/text')
    // A door is looked up as the place that it is.
    return done({ is: 'door', kind: 'address', text: householdId, householdId })
  }
  if (kind === 'address') {
    const address = await soughtByAddress(identity.sealer, text)
    if (address === undefined) return refused('HOUSEHOLD_ADDRESS_UNCLEAR', '/sought/text')
    return done({ is: 'digests', kind, text: address.told, by: address.by })
  }
  const normal = normaliseSought(kind, text)
  if (normal === '') return refused('INVALID_INPUT', '/sought/text')
  const digests = await identity.sealer.lookUpDigests(kind, normal)
  return done({ is: 'digests', kind, text: normal, by: { digests, keyGroups: undefined } })
}

/** The households of a jurisdiction that fit, best first; of addresses those as they were told before what they may have meant. */
const findIn = async (
  context: ServerContext,
  tx: AreaTransaction,
  jurisdiction: number,
  sought: Sought,
): Promise<readonly { readonly householdId: string; readonly group: number }[]> =>
  sought.is === 'door'
    ? [{ householdId: sought.householdId, group: 0 }]
    : readHouseholdsFound(tx, context.identity.sealer, jurisdiction, sought.by)

const findAll = async (
  context: ServerContext,
  actor: Actor,
  sought: Sought,
  at: Date,
): Promise<Result<readonly OpenHousehold[]>> =>
  inArea(context.db, actor.areaCode, async (tx): Promise<Result<readonly OpenHousehold[]>> => {
    const may = await mayLookUp(tx, actor, at)
    if (!may.ok) return may
    const hits: { readonly jurisdiction: number; readonly householdId: string; readonly group: number }[] = []
    for (const jurisdiction of jurisdictionsOf(context, actor.areaCode))
      for (const { householdId, group } of await findIn(context, tx, jurisdiction, sought))
        hits.push({ jurisdiction, householdId, group })
    const households: OpenHousehold[] = []
    for (const { jurisdiction, householdId } of bestOf(hits)) {
      if (households.length > mostHouseholdsFound) break
      const open = await openHousehold(context, tx, jurisdiction, householdId)
      if (open !== undefined) households.push(open)
    }
    return done(households)
  })

const accessOf = (
  context: ServerContext,
  actor: Actor,
  { purpose, reason }: Input,
  { open, at }: { readonly open: OpenHousehold; readonly at: Date },
): Promise<IdentityAccess> => {
  const { people, address } = open
  const held = people.map(memberOf)
  return householdSeen(context, actor, open, {
    at,
    purpose,
    reason,
    fields: [
      ...(address === undefined ? [] : ['address']),
      ...(held.length === 0 ? [] : ['name']),
      ...(held.some(({ document }) => document !== undefined) ? ['document'] : []),
      ...(held.some(({ phone }) => phone !== undefined) ? ['phone'] : []),
    ],
    via: 'look-up',
  })
}

/** Households of an address, a door or somebody, with everything that names anyone covered. */
export const lookUpHousehold = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Answer>> => {
  const fit = checkInput(actor, input)
  if (!fit.ok) return fit
  const sought = await soughtOf(context, input.sought)
  if (!sought.ok) return sought
  const at = new Date(context.now())
  const all = await findAll(context, actor, sought.value, at)
  if (!all.ok) return all
  const found = all.value.slice(0, mostHouseholdsFound)
  const limits = await writeLookUp(context, actor, {
    at,
    owner: keyOwnerOf(context, actor.areaCode),
    purpose: input.purpose,
    reason: input.reason,
    kind: sought.value.kind,
    text: sought.value.text,
    matches: found.length,
    accesses: await Promise.all(found.map((open) => accessOf(context, actor, input, { open, at }))),
  })
  if (!limits.ok) return limits
  return inArea(context.db, actor.areaCode, async (tx) => {
    const households: Answer['households'] = []
    for (const open of found) households.push(await householdFile(context, tx, actor, open))
    return done({ households, more: all.value.length > found.length, limits: limits.value })
  })
}
