import type { DeclarableResponse } from '@guankou/contract/declarations/endpoints.ts'
import { documentKindNames } from '@guankou/contract/screening/names.ts'
import { documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import { type Question, questionsOf } from '@guankou/domain/declarations/questions.ts'
import type { ReactNode } from 'react'
import { Group, TextField, TickField, YesNo } from '#src/declare/fields.tsx'
import { type DraftPerson, isPlace } from '#src/declare/form-draft.ts'
import { PlacePicker } from '#src/declare/PlacePicker.tsx'
import { StaysField } from '#src/declare/StaysField.tsx'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { useAdvice } from '#src/declare/use-advice.ts'
import { ChoiceField } from '#src/me/fields.tsx'
import { fill, type Language } from '#src/texts/text.ts'

export type PersonContext = {
  readonly response: DeclarableResponse
  readonly today: string
  readonly texts: DeclareTexts
  readonly language: Language
  /** Whether what is missing is pointed out. */
  readonly isChecked: boolean
  /** Whether a ticket names places where people come by this. */
  readonly isSeated: boolean
}

type Props = {
  readonly person: DraftPerson
  readonly number: number
  readonly context: PersonContext
  readonly onChange: (change: Partial<DraftPerson>) => void
  readonly onRemove: (() => void) | undefined
}

const DocumentFields = ({ person, context, onChange }: Props) => {
  const { texts, language, today } = context
  const { documentKind: kind, documentNumber: number } = person
  const advice = useAdvice({ is: 'document', text: number, kind, today }, language)
  const kinds = documentKinds.map((value) => ({ value, label: documentKindNames[value][language] }))
  return (
    <>
      <ChoiceField
        label={texts.documentKind}
        value={kind}
        choices={kinds}
        onChange={(documentKind) => onChange({ documentKind })}
      />
      {kind === 'none' ? null : (
        <TextField
          label={texts.documentNumber}
          value={number}
          most={32}
          advice={advice}
          onChange={(documentNumber) => onChange({ documentNumber })}
        />
      )}
    </>
  )
}

const PhoneField = ({
  text,
  hint,
  person,
  context,
  onChange,
}: Props & { readonly text: string; readonly hint: string }) => (
  <TextField
    label={text}
    hint={hint}
    value={person.phone}
    most={20}
    mode="tel"
    advice={useAdvice({ is: 'phone', text: person.phone }, context.language)}
    onChange={(phone) => onChange({ phone })}
  />
)

const PlaceField = ({ person: { seatLabel = '' }, context: { texts, isChecked }, onChange }: Props) => (
  <TextField
    label={texts.seat}
    hint={texts.seatHint}
    value={seatLabel}
    most={5}
    wrong={isChecked && !isPlace(seatLabel) ? texts.seatWrong : undefined}
    onChange={(typed) => onChange({ seatLabel: typed.toUpperCase() })}
  />
)

const riskCodes = ({ riskAreas }: DeclarableResponse): readonly number[] =>
  [...new Set(riskAreas.map(({ areaCode }) => areaCode))].slice(0, 6)

type AnswerProps = Props & { readonly question: Question }

const OriginAnswer = ({ person, context: { texts, language }, onChange }: Props) => (
  <PlacePicker
    {...{ texts, language }}
    label={texts.place}
    offered={[]}
    chosen={person.originCode}
    onChoose={(originCode) => onChange({ originCode })}
  />
)

const StaysAnswer = ({ person, context: { texts, language, today, response }, onChange }: Props) => (
  <StaysField
    {...{ texts, language, today }}
    stays={person.stays}
    typed={person.stayTyped ?? ''}
    offered={riskCodes(response)}
    riskAreas={response.riskAreas}
    windowDays={response.exposureWindowDays}
    onChange={onChange}
  />
)

const SymptomsAnswer = ({ question, person: { symptoms }, context, onChange }: AnswerProps) =>
  question.choices.map(({ code, name }) => (
    <TickField
      key={code}
      label={name[context.language]}
      checked={symptoms.includes(code)}
      onChange={(on) =>
        onChange({ symptoms: on ? [...symptoms, code] : symptoms.filter((each) => each !== code) })
      }
    />
  ))

const ContactAnswer = ({ person, context: { texts }, onChange }: Props) => (
  <YesNo value={person.contact} yes={texts.yes} no={texts.no} onChange={(contact) => onChange({ contact })} />
)

/** What is pointed out once somebody tried to go on without an answer. */
const wrongOf = ({ question, person, number, context }: AnswerProps): string | undefined => {
  const { texts, isChecked } = context
  if (!isChecked) return undefined
  if (question.id === 'origin' && person.originCode === null) return texts.originMissing
  if (question.id === 'stays' && (person.stayTyped ?? '').trim() !== '') return texts.stayTyped
  if (question.id === 'stays' && person.stays.some(({ leftOn }) => leftOn === '')) return texts.stayDayMissing
  return question.id === 'contact' && person.contact === null
    ? fill(texts.contactMissing, { number })
    : undefined
}

type GroupedId = Exclude<Question['id'], 'name' | 'phone'>
const grouped: Readonly<Record<GroupedId, (props: AnswerProps) => ReactNode>> = {
  document: (props) => <DocumentFields {...props} />,
  origin: (props) => <OriginAnswer {...props} />,
  stays: (props) => <StaysAnswer {...props} />,
  contact: (props) => <ContactAnswer {...props} />,
  symptoms: (props) => <SymptomsAnswer {...props} />,
}

const Answer = (props: AnswerProps) => {
  const { question, person, context, onChange } = props
  const [text, hint] = [question.text[context.language], question.hint[context.language]]
  if (question.id === 'name')
    return (
      <TextField
        label={text}
        hint={hint}
        value={person.name}
        most={80}
        onChange={(name) => onChange({ name })}
      />
    )
  if (question.id === 'phone') return <PhoneField {...props} text={text} hint={hint} />
  return (
    <Group legend={text} hint={hint} wrong={wrongOf(props)}>
      {grouped[question.id](props)}
    </Group>
  )
}

/** Everything that is asked of one person, in the order of the questions. */
export const PersonFields = (props: Props) => {
  const { number, context, onRemove } = props
  const { texts, response, today } = context
  const title = fill(texts.person, { number })
  return (
    <section className="person" aria-label={title}>
      <h2>{title}</h2>
      <div className="form">
        {questionsOf(response, today).map((question) => (
          <Answer key={question.id} {...props} question={question} />
        ))}
        {context.isSeated ? <PlaceField {...props} /> : null}
        {onRemove === undefined ? null : (
          <button type="button" className="second" onClick={onRemove}>
            {fill(texts.removePerson, { number })}
          </button>
        )}
      </div>
    </section>
  )
}
