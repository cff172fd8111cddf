import { conveyanceKindNames } from '@guankou/contract/screening/names.ts'
import { conveyanceKinds } from '@guankou/contract/screening/vocabulary.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { DateField, TextField, TickField } from '#src/declare/fields.tsx'
import { emptyRun, type FormDraft, isPlated, isScheduled, type Run } from '#src/declare/form-draft.ts'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { useAdvice } from '#src/declare/use-advice.ts'
import { ChoiceField } from '#src/me/fields.tsx'
import type { Language } from '#src/texts/text.ts'

/** A run may leave tomorrow by the calendar of where it starts, and ships are long on the way. */
const daysAround = { before: 30, after: 1 } as const

type RunProps = {
  readonly draft: FormDraft
  readonly texts: DeclareTexts
  readonly today: string
  readonly isDayMissing: boolean
  readonly onChange: (change: Partial<FormDraft>) => void
}

/** Which train, ferry, flight or coach of a line; nobody has to know. */
const RunFields = ({ draft, texts, today, isDayMissing, onChange }: RunProps) => {
  const { kind, run = emptyRun } = draft
  const change = (part: Partial<Run>): void =>
    onChange({ run: { ...run, departsOn: run.departsOn || today, ...part } })
  const words = kind === 'train' || kind === 'ferry' || kind === 'coach' ? kind : 'flight'
  return (
    <>
      <TextField
        label={texts.runNumber[words]}
        hint={texts.runHint}
        value={run.number}
        most={20}
        onChange={(number) => change({ number: number.toUpperCase() })}
      />
      {run.number.trim() === '' ? null : (
        <DateField
          label={texts.departsOn}
          value={run.departsOn}
          min={addDays(today, -daysAround.before)}
          max={addDays(today, daysAround.after)}
          wrong={isDayMissing ? texts.dayMissing : undefined}
          onChange={(departsOn) => onChange({ run: { ...run, departsOn } })}
        />
      )}
      {words === 'train' || words === 'ferry' ? (
        <TextField
          label={texts.carriage[words]}
          value={run.carriage}
          most={3}
          onChange={(carriage) => change({ carriage: carriage.toUpperCase().replace(/[^0-9A-Z]/g, '') })}
        />
      ) : null}
    </>
  )
}

type Props = {
  readonly draft: FormDraft
  readonly texts: DeclareTexts
  readonly language: Language
  readonly today: string
  readonly isMissing: boolean
  readonly isDayMissing: boolean
  readonly onChange: (change: Partial<FormDraft>) => void
}

/** How people come: the kind, the plate where there is one, and what the ticket says. */
export const ConveyanceFields = ({
  draft,
  texts,
  language,
  today,
  isMissing,
  isDayMissing,
  onChange,
}: Props) => {
  const advice = useAdvice({ is: 'plate', text: draft.plate }, language)
  const kinds = conveyanceKinds.map((value) => ({ value, label: conveyanceKindNames[value][language] }))
  return (
    <section className="conveyance" aria-label={texts.conveyance}>
      <h2>{texts.conveyance}</h2>
      <div className="form">
        <ChoiceField
          label={texts.kind}
          value={draft.kind}
          choices={kinds}
          onChange={(kind) => onChange({ kind })}
        />
        {isPlated(draft.kind) ? (
          <>
            {draft.withoutPlate ? null : (
              <TextField
                label={texts.plate}
                hint={texts.plateHint}
                value={draft.plate}
                most={16}
                advice={advice}
                wrong={isMissing ? texts.plateMissing : undefined}
                onChange={(plate) => onChange({ plate: plate.toUpperCase() })}
              />
            )}
            <TickField
              label={texts.withoutPlate}
              checked={draft.withoutPlate}
              onChange={(withoutPlate) => onChange({ withoutPlate })}
            />
          </>
        ) : null}
        {isScheduled(draft.kind) ? <RunFields {...{ draft, texts, today, isDayMissing, onChange }} /> : null}
      </div>
    </section>
  )
}
