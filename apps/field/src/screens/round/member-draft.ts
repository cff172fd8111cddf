import type {
  clearable,
  Member,
  MemberChange,
  ShownMember,
} from '@guankou/contract/households/record-household-fact.ts'
import type { Relation, SpecialNeed } from '@guankou/contract/households/vocabulary.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'

/** What is typed of somebody; of what is on file covered, an empty field changes nothing. */
export type MemberDraft = {
  readonly name: string
  readonly relation: Relation
  readonly phone: string
  readonly documentKind: DocumentKind
  readonly documentNumber: string
  readonly reportedById: string
  readonly needs: readonly SpecialNeed[]
  readonly stays: readonly { readonly originCode: number; readonly until: string }[]
  readonly contact: boolean
  /** What is on file is not theirs, and is taken off. */
  readonly withoutPhone: boolean
  readonly withoutDocument: boolean
}

export type Cleared = readonly (typeof clearable)[number][]

/** Whether a phone or a document is on file. */
export const isOnFile = (
  member: Member | ShownMember | undefined,
): { readonly phone: boolean; readonly document: boolean } => ({
  phone: member !== undefined && ('maskedPhone' in member || 'phone' in member),
  document: member?.document !== undefined,
})

export const draftOf = (member: Member | ShownMember | undefined, isFirst: boolean): MemberDraft => ({
  name: member?.name ?? '',
  relation: member?.relation ?? (isFirst ? 'head' : 'relative'),
  phone: '',
  documentKind: member?.document?.kind ?? 'resident-id',
  documentNumber: '',
  reportedById: member?.reportedById ?? '',
  needs: member?.needs ?? [],
  stays: member?.exposure?.stays ?? [],
  contact: member?.exposure?.contact ?? false,
  withoutPhone: false,
  withoutDocument: false,
})

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Fields of a draft that differ from what it began with. */
export const changeOf = (draft: MemberDraft, before: MemberDraft): MemberChange => {
  const { name, relation, phone, documentKind, documentNumber, reportedById, needs, stays, contact } = draft
  const number = documentNumber.trim()
  return {
    ...(name.trim() === before.name ? {} : { name: name.trim() }),
    ...(relation === before.relation ? {} : { relation }),
    ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
    ...(number === '' ? {} : { document: { kind: documentKind, number } }),
    ...(reportedById === before.reportedById || reportedById === '' ? {} : { reportedById }),
    ...(same(needs, before.needs) ? {} : { needs: [...needs] }),
    ...(same(stays, before.stays) && contact === before.contact
      ? {}
      : { exposure: { stays: stays.map((stay) => ({ ...stay })), contact } }),
  }
}

/** What a draft takes off: people answer for themselves again, and a number that is another’s goes. */
export const clearedOf = (draft: MemberDraft, before: MemberDraft): Cleared => [
  ...(before.reportedById !== '' && draft.reportedById === '' ? (['reportedById'] as const) : []),
  ...(draft.withoutPhone && draft.phone.trim() === '' ? (['phone'] as const) : []),
  ...(draft.withoutDocument && draft.documentNumber.trim() === '' ? (['document'] as const) : []),
]

export const memberOf = (draft: MemberDraft, empty: MemberDraft): Member => ({
  ...changeOf(draft, empty),
  name: draft.name.trim(),
  relation: draft.relation,
})
