import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'

/** What a screening holds of somebody's identity. */
export type HeldIdentity = {
  readonly documentKind: DocumentKind
  readonly documentNumber?: string | undefined
  readonly name?: string | undefined
  readonly phone?: string | undefined
}

/** The identity that a traveller was entered with. */
export const identityOf = ({ document, name, phone }: Traveller): HeldIdentity => ({
  documentKind: document.kind,
  documentNumber: document.number,
  name,
  phone,
})

/** Whether anything is held that tells who somebody is. */
export const isNamed = ({ documentNumber, name, phone }: HeldIdentity): boolean =>
  documentNumber !== undefined || name !== undefined || phone !== undefined

const given = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string }

/**
 * A traveller with the identity of the person they were confirmed to be. What was entered now is newer and stays; kind and
 * number of a document belong together.
 */
export const takeIdentity = (entered: Traveller, held: HeldIdentity): Traveller => {
  const document =
    entered.document.number === undefined
      ? { kind: held.documentKind, ...given('number', held.documentNumber) }
      : entered.document
  return {
    ...entered,
    document,
    ...given('name', entered.name ?? held.name),
    ...given('phone', entered.phone ?? held.phone),
  }
}
