import { useTranslation } from 'react-i18next'
import { type Draft, isPlated } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { displayPlate, plateColour, plateForm, plateRepairs } from '#src/lane/plate.ts'

type Props = { readonly draft: Draft; readonly act: (action: DraftAction) => void }

/** More characters than this stand smaller. */
const usualLength = 8

/** The plate as it is painted, and what kind it is once it is one; a tap returns to its keypad. */
export const PlateSign = ({ draft, act }: Props) => {
  const { t } = useTranslation()
  if (!isPlated(draft.kind)) return null
  const shown = draft.withoutPlate ? t('lane.noPlate') : displayPlate(draft.plate)
  const plate = shown === '' ? t('lane.plateEmpty') : shown
  const form = draft.withoutPlate ? undefined : plateForm(draft.plate)
  const colour = draft.withoutPlate ? 'none' : (plateColour(draft.plate, draft.kind) ?? 'open')
  const long = [...plate].length > usualLength ? ' plate-long' : ''
  return (
    <div className="plate-box">
      <button
        type="button"
        className={`plate plate-${colour}${long}`}
        aria-label={t('lane.plateIs', { plate })}
        onClick={() => act({ do: 'panel', panel: 'plate' })}
      >
        {plate}
      </button>
      {form === undefined ? null : <small className="plate-form">{t(`plateKind.form.${form}`)}</small>}
    </div>
  )
}

/** Plates that may have been meant by one that nobody could paint. */
export const PlateRepairs = ({ plate, act }: Pick<Props, 'act'> & { readonly plate: string }) => {
  const { t } = useTranslation()
  const offered = plateRepairs(plate)
  return (
    <ul className="matches" aria-label={t('plateKind.meant')}>
      {offered.map((each) => (
        <li key={each} className="match match-one">
          <button type="button" className="match-open" onClick={() => act({ do: 'plate', plate: each })}>
            <span className="card-line">{t('plateKind.meant')}</span> <b>{displayPlate(each)}</b>
          </button>
        </li>
      ))}
    </ul>
  )
}
