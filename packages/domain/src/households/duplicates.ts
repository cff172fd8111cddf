import type { DoorAddress, Member, ShownMember } from '@guankou/contract/households/record-household-fact.ts'
import type { Household, PersonState } from '#src/households/household-state.ts'
import { addressKey } from '#src/households/walk-key.ts'
import { maskField } from '#src/identity/mask.ts'
import { normaliseDocumentNumber, normalisePhone } from '#src/identity/normalise.ts'
import { pinyinOf } from '#src/identity/pinyin.ts'

export const duplicateGrounds = ['document', 'phone', 'name', 'pinyin'] as const
export type DuplicateGround = (typeof duplicateGrounds)[number]

export type DuplicateOffer = {
  readonly householdId: string
  readonly person: PersonState
  readonly grounds: readonly DuplicateGround[]
}

/** What has been typed so far. */
export type Typed = { readonly name: string; readonly documentNumber: string; readonly phone: string }

const documentOf = (member: Member | ShownMember): string | undefined => {
  const { document } = member
  if (document === undefined) return undefined
  return 'masked' in document
    ? document.masked
    : maskField('document', normaliseDocumentNumber(document.number))
}

const phoneOf = (member: Member | ShownMember): string | undefined => {
  if ('maskedPhone' in member) return member.maskedPhone
  return 'phone' in member && member.phone !== undefined
    ? maskField('phone', normalisePhone(member.phone))
    : undefined
}

/** Latin letters alone, as somebody types a name without an input method: lü is typed lv. */
const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replaceAll('v', 'u')

const groundsOf = (typed: Typed, member: Member | ShownMember): DuplicateGround[] => {
  const number = normaliseDocumentNumber(typed.documentNumber)
  const phone = normalisePhone(typed.phone)
  const name = typed.name.trim()
  const isHan = /\p{Script=Han}/u.test(name)
  const letters = bare(isHan ? pinyinOf(name) : name)
  const grounds: DuplicateGround[] = []
  if (number.length >= 6 && documentOf(member) === maskField('document', number)) grounds.push('document')
  if (phone.length >= 7 && phoneOf(member) === maskField('phone', phone)) grounds.push('phone')
  const isEnough = [...name].length >= 2
  if (isEnough && member.name.startsWith(name)) grounds.push('name')
  else if (isEnough && letters.length >= 3 && bare(pinyinOf(member.name)).startsWith(letters))
    grounds.push('pinyin')
  return grounds
}

/**
 * People who may be the one that is being entered, the strongest ground first. They are offered; nobody is merged
 * without somebody saying so.
 */
export const duplicatesOf = (
  households: ReadonlyMap<string, Household>,
  typed: Typed,
): readonly DuplicateOffer[] =>
  [...households.values()]
    .flatMap(({ id, people }) =>
      people.map((person) => ({
        householdId: id,
        person,
        grounds: groundsOf(typed, person.member),
      })),
    )
    .filter(({ grounds }) => grounds.length > 0)
    .sort(
      (a, b) =>
        duplicateGrounds.indexOf(a.grounds[0] ?? 'pinyin') -
        duplicateGrounds.indexOf(b.grounds[0] ?? 'pinyin'),
    )

/** Households on file at what seems to be the same door. */
export const householdsAt = (
  doors: readonly { readonly householdId: string; readonly address: DoorAddress }[],
  address: DoorAddress,
): readonly string[] =>
  doors
    .filter((door) => addressKey(door.address) === addressKey(address))
    .map(({ householdId }) => householdId)
