import type { PassagesAnswer } from '@guankou/contract/screening/passages.ts'
import type { SameAs } from '@guankou/contract/screening/record-screening.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import { offeredOccupants } from '@guankou/domain/screening/offered-occupants.ts'

/** Somebody who was in a vehicle, as covered as others may see it. */
export type KnownPerson = {
  readonly sameAs: SameAs
  readonly originCode: number
  readonly name?: string
  readonly document?: string
}

/** One time that a vehicle was screened, with everyone aboard where they may be offered. */
export type KnownPassage = {
  readonly screeningId: string
  readonly occurredAtMs: number
  readonly postId: number
  readonly kind: ConveyanceKind
  readonly people: number
  readonly occupants: readonly KnownPerson[]
}

/** A vehicle that was here before: its passages, newest first, and whom to offer. */
export type KnownVehicle = {
  readonly plate: string
  readonly kind: ConveyanceKind
  readonly passages: readonly KnownPassage[]
  readonly offered: readonly { readonly person: KnownPerson; readonly lastAboard: boolean }[]
}

/** What is shown of two records of one person is the same; of different people it rarely is, and then a person decides. */
const shownKey = ({ name, document }: KnownPerson): string | undefined =>
  name === undefined && document === undefined ? undefined : `${name ?? ''}|${document ?? ''}`

/** @param passages  of one plate, in any order, each once   @returns nothing where there are none */
export const vehicleOf = (plate: string, passages: readonly KnownPassage[]): KnownVehicle | undefined => {
  const newestFirst = [...passages].sort((a, b) => b.occurredAtMs - a.occurredAtMs)
  const [last] = newestFirst
  if (last === undefined) return undefined
  const offered = offeredOccupants(
    newestFirst.map(({ occupants }) => ({
      occupants: occupants.map((person) => ({ person, key: shownKey(person) })),
    })),
  )
  return { plate, kind: last.kind, passages: newestFirst, offered }
}

/** What the server answered, as passages. */
export const passagesOf = ({ passages, occupants }: PassagesAnswer): readonly KnownPassage[] =>
  passages.map((passage) => ({
    screeningId: passage.screeningId,
    occurredAtMs: Date.parse(passage.occurredAt),
    postId: passage.postId,
    kind: passage.conveyanceKind,
    people: passage.people,
    occupants: occupants
      .filter(({ screeningId }) => screeningId === passage.screeningId)
      .map(({ screeningId, seat, originCode, fields }) => {
        const shown = (field: string) => fields.find((each) => each.field === field)?.masked
        const [name, document] = [shown('name'), shown('document')]
        return {
          sameAs: { screeningId, seat },
          originCode,
          ...(name === undefined ? {} : { name }),
          ...(document === undefined ? {} : { document }),
        }
      }),
  }))

/** The people of its last passage, as “the same people again” means them. */
export const lastAboard = ({ offered }: KnownVehicle): readonly KnownPerson[] =>
  offered.filter((each) => each.lastAboard).map(({ person }) => person)

/** People of the last passage of whom nothing but their number is told. */
export const unnamedAboard = (vehicle: KnownVehicle): number =>
  Math.max(0, (vehicle.passages[0]?.people ?? 0) - lastAboard(vehicle).length)
