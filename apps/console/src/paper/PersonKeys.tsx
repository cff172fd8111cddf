import { documentKindNames } from '@guankou/contract/screening/names.ts'
import { documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import type { Question, QuestionId } from '@guankou/domain/declarations/questions.ts'
import { readDocument } from '@guankou/domain/identity/documents/read-document.ts'
import { readPhone } from '@guankou/domain/identity/phones/read-phone.ts'
import { doubtTexts, problemTexts, type Reading } from '@guankou/domain/identity/reading.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { type PersonDraft, readCelsius, readSymptoms, type Unread } from '#src/paper/draft.ts'
import { ChoiceKey, TextKey, TickKey } from '#src/paper/KeyFields.tsx'
import { placeName, readPlace, readStays } from '#src/paper/read-places.ts'

/** Shorter numbers are still being typed, and what they lack is no news. */
const leastTold = 8

type Props = {
  readonly person: PersonDraft
  /** What the paper asks, in its order. */
  readonly questions: readonly Question[]
  readonly day: string
  /** Whether a ticket names places where people came by this. */
  readonly isSeated: boolean
  readonly thresholdCelsius: number
  readonly unread: readonly Unread[]
  readonly onChange: (part: Partial<PersonDraft>) => void
}

type PartProps = Props & { readonly question: Question }

/** What is unusual about a number, in words; nothing is refused by it. */
const useDoubts = () => {
  const locale = useLocale()
  return (reading: Reading<unknown>, typed: string): string | undefined => {
    if (typed.trim().length < leastTold) return undefined
    if (!reading.ok) return inLocale(problemTexts[reading.problem], locale)
    return reading.doubts.map((doubt) => inLocale(doubtTexts[doubt], locale)).join('；') || undefined
  }
}

const useCovered = () => {
  const { t } = useTranslation()
  return (masked: string | undefined): string | undefined =>
    masked === undefined ? undefined : t('paper.covered', { masked })
}

const wrongIn = (unread: readonly Unread[], field: Unread['field'], seat: number): boolean =>
  unread.some((each) => each.field === field && each.seat === seat)

const NameKey = ({ person, question, onChange }: PartProps) => {
  const locale = useLocale()
  const covered = useCovered()
  return (
    <TextKey
      label={inLocale(question.text, locale)}
      value={person.name}
      placeholder={person.covered.name}
      hint={person.name === '' ? covered(person.covered.name) : undefined}
      onChange={(name) => onChange({ name })}
    />
  )
}

const DocumentKey = ({ person, question, day, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const doubts = useDoubts()
  const covered = useCovered()
  const { documentKind: kind, number } = person
  return (
    <>
      <ChoiceKey
        label={inLocale(question.text, locale)}
        value={kind}
        choices={documentKinds.map((each) => [each, inLocale(documentKindNames[each], locale)] as const)}
        onChange={(documentKind) => onChange({ documentKind })}
      />
      {kind === 'none' ? null : (
        <TextKey
          label={t('paper.number')}
          value={number}
          placeholder={person.covered.document}
          hint={
            number === ''
              ? covered(person.covered.document)
              : doubts(readDocument({ kind, number }, day), number)
          }
          onChange={(text) => onChange({ number: text })}
        />
      )}
    </>
  )
}

const PhoneKey = ({ person, question, unread, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const doubts = useDoubts()
  const covered = useCovered()
  const { phone, seat } = person
  return (
    <TextKey
      label={inLocale(question.text, locale)}
      value={phone}
      placeholder={person.covered.phone}
      hint={phone === '' ? covered(person.covered.phone) : doubts(readPhone(phone), phone)}
      wrong={wrongIn(unread, 'phone', seat) ? t('paper.unread.phone') : undefined}
      onChange={(text) => onChange({ phone: text })}
    />
  )
}

const OriginKey = ({ person, question, unread, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const code = person.origin.trim() === '' ? undefined : readPlace(person.origin)
  return (
    <TextKey
      label={inLocale(question.text, locale)}
      value={person.origin}
      hint={code === undefined ? t('paper.placeHint') : `→ ${placeName(code, locale)} ${code}`}
      wrong={wrongIn(unread, 'origin', person.seat) ? t('paper.unread.place') : undefined}
      onChange={(origin) => onChange({ origin })}
    />
  )
}

const StaysKey = ({ person, question, unread, day, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const stays = readStays(person.stays, day) ?? []
  const told = stays.map(({ areaCode, leftOn }) => `${placeName(areaCode, locale)} ${leftOn}`).join('；')
  return (
    <TextKey
      label={inLocale(question.text, locale)}
      value={person.stays}
      hint={told === '' ? t('paper.staysHint') : `→ ${told}`}
      wrong={wrongIn(unread, 'stays', person.seat) ? t('paper.unread.stays') : undefined}
      onChange={(text) => onChange({ stays: text })}
    />
  )
}

const SymptomsKey = ({ person, question, unread, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const codes = question.choices.map(({ code }) => code)
  const found = readSymptoms(person.symptoms, codes) ?? []
  const names = question.choices.filter(({ code }) => found.includes(code))
  return (
    <TextKey
      label={inLocale(question.text, locale)}
      value={person.symptoms}
      hint={
        names.length === 0
          ? question.choices.map(({ name }, index) => `${index + 1} ${inLocale(name, locale)}`).join(' ')
          : `→ ${names.map(({ name }) => inLocale(name, locale)).join('、')}`
      }
      wrong={wrongIn(unread, 'symptoms', person.seat) ? t('paper.unread.symptoms') : undefined}
      onChange={(symptoms) => onChange({ symptoms })}
    />
  )
}

const ContactKey = ({ person, question, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <TickKey
      label={inLocale(question.text, locale)}
      checked={person.contact}
      onChange={(contact) => onChange({ contact })}
    >
      {t(person.contact ? 'paper.yes' : 'paper.no')}
    </TickKey>
  )
}

/** A field for each question of the form; one that a form asks and nobody can key does not compile. */
const keys: Readonly<Record<QuestionId, (props: PartProps) => React.ReactNode>> = {
  name: NameKey,
  document: DocumentKey,
  phone: PhoneKey,
  origin: OriginKey,
  stays: StaysKey,
  contact: ContactKey,
  symptoms: SymptomsKey,
}

const PlaceKey = ({ person, unread, onChange }: Props) => {
  const { t } = useTranslation()
  return (
    <TextKey
      label={t('paper.place')}
      value={person.place}
      wrong={wrongIn(unread, 'place', person.seat) ? t('paper.unread.seat') : undefined}
      onChange={(place) => onChange({ place })}
    />
  )
}

const Temperatures = ({ person, unread, thresholdCelsius, onChange }: Props) => {
  const { t } = useTranslation()
  const { seat } = person
  const over = (text: string): boolean => (readCelsius(text) ?? 0) >= thresholdCelsius
  const hint = (text: string): string => t(over(text) ? 'paper.over' : 'paper.temperatureHint')
  return (['first', 'second'] as const).map((field) => (
    <TextKey
      key={field}
      numeric
      label={t(`paper.${field}`)}
      value={person[field]}
      hint={field === 'first' || person[field] !== '' ? hint(person[field]) : undefined}
      wrong={wrongIn(unread, field, seat) ? t('paper.unread.temperature') : undefined}
      onChange={(text) => onChange({ [field]: text })}
    />
  ))
}

/** One person of a form, in the order of the paper. */
export const PersonKeys = (props: Props) => (
  <>
    {props.questions.map((question) => {
      const Key = keys[question.id]
      return <Key key={question.id} {...props} question={question} />
    })}
    {props.isSeated ? <PlaceKey {...props} /> : null}
    <Temperatures {...props} />
  </>
)
