import {
  doorOutcomeNames,
  leftForNames,
  type VisitPart,
  visitPartNames,
  visitTaskNames,
} from '@guankou/contract/households/vocabulary.ts'
import type { HouseholdFact } from '@guankou/domain/households/household-fact.ts'

type Locale = 'zh' | 'en'

export type FactWords = {
  readonly locale: Locale
  readonly nameOfPerson: (id: string) => string | undefined
  readonly nameOfAccount: (id: string) => string
}

const partText = (
  { locale, nameOfAccount }: FactWords,
  part: VisitPart,
  by: { readonly accountId: string } | undefined,
): string =>
  by === undefined
    ? visitPartNames[part][locale]
    : `${visitPartNames[part][locale]} · ${nameOfAccount(by.accountId)}`

/** What a fact says beyond its kind: whom it is about, whose part it was, what became of the door. */
export const factText = (words: FactWords, { id, happening }: HouseholdFact): string | undefined => {
  const { locale, nameOfPerson } = words
  switch (happening.is) {
    case 'member-added':
      return nameOfPerson(id) ?? happening.member.name
    case 'member-changed':
    case 'member-moved':
      return nameOfPerson(happening.personId)
    case 'member-left':
      return [nameOfPerson(happening.personId), leftForNames[happening.leftFor][locale]]
        .filter((part) => part !== undefined)
        .join(' · ')
    case 'members-merged':
      return nameOfPerson(happening.keptId)
    case 'visit-opened':
      return happening.tasks.map((task) => visitTaskNames[task][locale]).join(locale === 'zh' ? '、' : ', ')
    case 'task-asked':
      return `${visitTaskNames[happening.task][locale]} (${happening.dueBy})`
    case 'part-done':
      return partText(words, happening.work.part, happening.by)
    case 'visit-signed':
      return partText(words, happening.part, happening.by)
    case 'door-outcome':
      return [doorOutcomeNames[happening.outcome][locale], happening.note]
        .filter((part) => part !== undefined)
        .join(' · ')
    default:
      return undefined
  }
}
