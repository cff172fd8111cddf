import type { DeclarableResponse } from '@guankou/contract/declarations/endpoints.ts'
import { documentKindNames } from '@guankou/contract/screening/names.ts'
import { documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import { type Question, questionsOf } from '@guankou/domain/declarations/questions.ts'
import { Group, TextField, TickField, YesNo } from '#src/declare/fields.tsx'
import type { DraftPerson } from '#src/declare/form-draft.ts'
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

const riskCodes = ({ riskAreas }: DeclarableResponse): readonly number[] =>
  [...new Set(riskAreas.map(({ areaCode }) => areaCode))].slice(0, 6)

const Answer = (props: Props & { readonly question: Question }) => {
  const { question, person, number, context, onChange } = props
  const { texts, language, response, today, isChecked } = context
  const [text, hint] = [question.text[language], question.hint[language]]
  switch (question.id) {
    case 'name':
      return (
        <TextField
          label={text}
          hint={hint}
          value={person.name}
          most={80}
          onChange={(name) => onChange({ name })}
        />
      )
    case 'document':
      return (
        <Group legend={text} hint={hint}>
          <DocumentFields {...props} />
        </Group>
      )
    case 'phone':
      return <PhoneField {...props} text={text} hint={hint} />
    case 'origin':
      return (
        <Group
          legend={text}
          hint={hint}
          wrong={isChecked && person.originCode === null ? texts.originMissing : undefined}
        >
          <PlacePicker
            {...{ texts, language }}
            label={texts.place}
            offered={[]}
            chosen={person.originCode}
            onChoose={(originCode) => onChange({ originCode })}
          />
        </Group>
      )
    case 'stays':
      return (
        <Group legend={text} hint={hint}>
          <StaysField
            {...{ texts, language, today }}
            stays={person.stays}
            offered={riskCodes(response)}
            windowDays={response.exposureWindowDays}
            onChange={(stays) => onChange({ stays })}
          />
        </Group>
      )
    case 'contact':
      return (
        <Group
          legend={text}
          hint={hint}
          wrong={isChecked && person.contact === null ? fill(texts.contactMissing, { number }) : undefined}
        >
          <YesNo
            value={person.contact}
            yes={texts.yes}
            no={texts.no}
            onChange={(contact) => onChange({ contact })}
          />
        </Group>
      )
    case 'symptoms':
      return (
        <Group legend={text} hint={hint}>
          {question.choices.map(({ code, name }) => (
            <TickField
              key={code}
              label={name[language]}
              checked={person.symptoms.includes(code)}
              onChange={(on) =>
                onChange({
                  symptoms: on ? [...person.symptoms, code] : person.symptoms.filter((each) => each !== code),
                })
              }
            />
          ))}
        </Group>
      )
  }
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
        {onRemove === undefined ? null : (
          <button type="button" className="second" onClick={onRemove}>
            {fill(texts.removePerson, { number })}
          </button>
        )}
      </div>
    </section>
  )
}
