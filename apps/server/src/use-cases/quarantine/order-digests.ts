import { readSealsAt } from '@guankou/db/queries/quarantine/seals.ts'
import { digestedText } from '@guankou/domain/matching/matches-of.ts'
import type { ServerContext } from '#src/context.ts'
import {
  keepOrderList,
  type OrderEntry,
  type OrderList,
  orderListOf,
  type ToldList,
} from '#src/use-cases/matching/keep-order-list.ts'
import { digestUnder } from '#src/use-cases/matching/list-keys.ts'
import { episodeKey } from '#src/use-cases/quarantine/episode-scope.ts'
import { numberOf, openSeal } from '#src/use-cases/quarantine/seal-person.ts'

/** An order that binds somebody, and until when. */
export type OrderInForce = { readonly quarantineId: string; readonly untilMs: number }

type ListDigests = {
  readonly listId: string
  /** By episode; null where no document is on file, or it cannot be opened any more. */
  readonly of: ReadonlyMap<string, Buffer | null>
  readonly told?: ToldList | undefined
}

/** What the round before knew by district, so that each document is opened once for each list and not at every round. */
export type KnownDigests = Map<number, ListDigests>

const openedAtOnce = 1_000
/** Shorter ones are no numbers, here as where a list is brought. */
const fewestCharacters = 'document|'.length + 4

const digestOf = (list: OrderList, text: string | null): Buffer | null => {
  const digested = text === null ? '' : digestedText({ kind: 'document', number: numberOf(text) })
  return digested.length < fewestCharacters ? null : digestUnder(list.key, digested)
}

const readDigests = async (
  { db, identity }: ServerContext,
  list: OrderList,
  orders: readonly OrderInForce[],
  before: ListDigests | undefined,
): Promise<ListDigests> => {
  const known = before?.listId === list.id ? before.of : new Map<string, Buffer | null>()
  const of = new Map<string, Buffer | null>()
  const unknown: string[] = []
  for (const { quarantineId } of orders) {
    const digest = known.get(quarantineId)
    if (digest === undefined) unknown.push(quarantineId)
    of.set(quarantineId, digest ?? null)
  }
  for (let at = 0; at < unknown.length; at += openedAtOnce) {
    const episodes = unknown.slice(at, at + openedAtOnce).map((id) => episodeKey(list.jurisdiction, id))
    for (const seal of await readSealsAt(db.query, episodes, ['document']))
      of.set(seal.quarantine_id, digestOf(list, await openSeal(identity.sealer, seal)))
  }
  return { listId: list.id, of }
}

/**
 * Puts whoever is under an order in force in a district on the list that its phones compare with, and takes off whoever is
 * not any more. @returns how many entries changed
 */
export const listOrdersInForce = async (
  context: ServerContext,
  jurisdiction: number,
  orders: readonly OrderInForce[],
  known: KnownDigests,
): Promise<number> => {
  const list = await orderListOf(context, jurisdiction, orders.length > 0)
  if (list === undefined) return 0
  const before = known.get(jurisdiction)
  const digests = await readDigests(context, list, orders, before)
  const entries = orders.flatMap(({ quarantineId, untilMs }): OrderEntry[] => {
    const digest = digests.of.get(quarantineId)
    return digest === undefined || digest === null ? [] : [{ digest, untilMs }]
  })
  const { changed, told } = await keepOrderList(context, list, entries, before?.told)
  known.set(jurisdiction, { ...digests, told })
  return changed
}
