import { conveyanceKindNames } from '@guankou/contract/screening/names.ts'
import { conveyanceKinds } from '@guankou/contract/screening/vocabulary.ts'
import { TextField, TickField } from '#src/declare/fields.tsx'
import { type FormDraft, isPlated } from '#src/declare/form-draft.ts'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { useAdvice } from '#src/declare/use-advice.ts'
import { ChoiceField } from '#src/me/fields.tsx'
import type { Language } from '#src/texts/text.ts'

/** How people come: the kind, and the plate where there is one. */
export const ConveyanceFields = ({
  draft,
  texts,
  language,
  isMissing,
  onChange,
}: {
  readonly draft: FormDraft
  readonly texts: DeclareTexts
  readonly language: Language
  readonly isMissing: boolean
  readonly onChange: (change: Partial<FormDraft>) => void
}) => {
  const advice = useAdvice({ is: 'plate', text: draft.plate }, language)
  const kinds = conveyanceKinds.map((value) => ({ value, label: conveyanceKindNames[value][language] }))
  return (
    <section aria-label={texts.conveyance}>
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
      </div>
    </section>
  )
}
