import { type QuarantineField, quarantineFields } from '@guankou/contract/quarantine/people.ts'
import type { EpisodeKey } from '@guankou/db/queries/quarantine/episodes.ts'
import type { StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import { normaliseDocumentNumber, normalisePhone } from '@guankou/domain/identity/normalise.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

/** Somebody who is to stay, as typed or as their screening has them. */
export type NamedPerson = {
  readonly name: string
  readonly document?: { readonly kind: string; readonly number: string } | undefined
  readonly phone?: string | undefined
  readonly address: string
}

/** What is sealed of an episode, and under the key of which day. */
export type SealScope = { readonly key: EpisodeKey; readonly keptDay: string }

/** Where a sealed text of an episode belongs. */
export const sealPlace = (quarantineId: string, place: string): string =>
  `quarantine|${quarantineId}|${place}`

/** The kind stands before the number: another kind with the same number is somebody else. */
const written = (kind: string, number: string): string => `${kind}|${number}`
/** The number of a document as it is sealed. */
export const numberOf = (text: string): string => text.slice(text.indexOf('|') + 1)

/** What a sealed field is found again by; names and addresses are not. */
export const digestParts = (
  place: string,
  text: string,
): readonly [kind: string, text: string] | undefined => {
  if (place === 'phone') return ['phone', text]
  return place === 'document' ? [text.slice(0, text.indexOf('|')), numberOf(text)] : undefined
}

/** Seals one text of an episode under the key of its last day. */
export const sealIn = async (
  sealer: IdentitySealer,
  { key, keptDay }: SealScope,
  place: string,
  text: string,
): Promise<StoredSeal> => {
  const owner = { jurisdiction: key.jurisdiction, day: keptDay }
  const found = digestParts(place, text)
  return {
    jurisdiction: key.jurisdiction,
    occurred_at: key.occurredAt,
    quarantine_id: key.id,
    place,
    kept_day: keptDay,
    sealed: await sealer.sealText(owner, sealPlace(key.id, place), text),
    digest: found === undefined ? null : await sealer.digestText(owner, ...found),
  }
}

/** What was sealed; null where the key of its day is destroyed. */
export const openSeal = (sealer: IdentitySealer, seal: StoredSeal): Promise<string | null> =>
  unlessDestroyed(
    sealer.open(
      { jurisdiction: seal.jurisdiction, day: seal.kept_day },
      sealPlace(seal.quarantine_id, seal.place),
      seal.sealed,
    ),
  )

/** Seals a person field by field, each in its normal form. */
export const sealPerson = (
  sealer: IdentitySealer,
  scope: SealScope,
  { name, document, phone, address }: NamedPerson,
): Promise<StoredSeal[]> => {
  const number = document === undefined ? '' : normaliseDocumentNumber(document.number)
  const fields: readonly (readonly [QuarantineField, string])[] = [
    ['name', name.trim()],
    ['document', document === undefined || number === '' ? '' : written(document.kind, number)],
    ['phone', phone === undefined ? '' : normalisePhone(phone)],
    ['address', address.trim()],
  ]
  return Promise.all(
    fields.flatMap(([field, text]) => (text === '' ? [] : [sealIn(sealer, scope, field, text)])),
  )
}

export type OpenedPerson = Readonly<Partial<Record<QuarantineField, string>>>

/** Every field that still opens. */
export const openPerson = async (
  sealer: IdentitySealer,
  seals: readonly StoredSeal[],
): Promise<OpenedPerson> => {
  const opened: Partial<Record<QuarantineField, string>> = {}
  for (const field of quarantineFields) {
    const seal = seals.find(({ place }) => place === field)
    const text = seal === undefined ? null : await openSeal(sealer, seal)
    if (text !== null) opened[field] = field === 'document' ? numberOf(text) : text
  }
  return opened
}

/**
 * Every digest under which the same person may stand in another episode: by their document, and by their phone where none was
 * given, as a family may share one.
 */
export const digestsOfPerson = async (
  sealer: IdentitySealer,
  seals: readonly StoredSeal[],
): Promise<readonly Buffer[]> => {
  const seal = seals.find(({ place }) => place === 'document') ?? seals.find(({ place }) => place === 'phone')
  const text = seal === undefined ? null : await openSeal(sealer, seal)
  const found = seal === undefined || text === null ? undefined : digestParts(seal.place, text)
  return found === undefined ? [] : sealer.lookUpDigests(...found)
}
