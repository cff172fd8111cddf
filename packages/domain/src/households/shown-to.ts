import type {
  HouseholdHappening,
  Member,
  MemberChange,
  PartWork,
  ShownHouseholdHappening,
  ShownMember,
  ShownMemberChange,
} from '@guankou/contract/households/record-household-fact.ts'
import { roleOfPart } from '@guankou/contract/households/vocabulary.ts'
import type { CommunityRole } from '#src/households/household-fact.ts'
import { maskField } from '#src/identity/mask.ts'

/** Who asks about exposure; whoever verifies identities needs none of it. */
const seesExposure: readonly CommunityRole[] = ['community-health', 'community-street']

const shownChange = (role: CommunityRole, change: MemberChange): ShownMemberChange => {
  const { document, phone, birthYear: _, exposure, ...rest } = change
  return {
    ...rest,
    ...(document === undefined
      ? {}
      : { document: { kind: document.kind, masked: maskField('document', document.number) } }),
    ...(phone === undefined ? {} : { maskedPhone: maskField('phone', phone) }),
    ...(exposure === undefined || !seesExposure.includes(role) ? {} : { exposure }),
  }
}

/** Somebody as the team sees them: the name, because they are asked for by it; document and phone covered. */
export const shownMember = (role: CommunityRole, { name, relation, ...rest }: Member): ShownMember => {
  const { name: _name, relation: _relation, ...shown } = shownChange(role, rest)
  return { name, relation, ...shown }
}

/** Of another’s part that it was done; what was measured, needed or verified stays with those it concerns. */
const shownWork = (role: CommunityRole, work: PartWork): PartWork => {
  if (role === roleOfPart[work.part]) return work
  if (work.part === 'health') {
    const { checks: _, ...rest } = work
    return { ...rest, people: [] }
  }
  if (work.part === 'police') return { part: 'police', people: [], refusal: work.refusal }
  return role === roleOfPart.health ? work : { part: 'street', explained: work.explained, needs: [] }
}

/** A happening as one of the three is told it. */
export const shownTo = (role: CommunityRole, happening: HouseholdHappening): ShownHouseholdHappening => {
  if (happening.is === 'member-added') return { ...happening, member: shownMember(role, happening.member) }
  if (happening.is === 'member-changed') return { ...happening, change: shownChange(role, happening.change) }
  if (happening.is === 'part-done') return { ...happening, work: shownWork(role, happening.work) }
  return happening
}
