import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { holdBackMs } from '#src/runtime/lane-session.ts'
import { useStore } from '#src/runtime/store.ts'
import { useNow } from '#src/screens/use-now.ts'

/** Takes the last vehicle back while nothing of it has left the phone. */
export const UndoButton = ({ words }: { readonly words: 'outcome' | 'lane' }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const undoable = useStore(lane.undoable)
  const nowMs = useNow(250)
  if (undoable === undefined)
    return words === 'outcome' ? <p className="undo-space">{t('outcome.recorded')}</p> : null
  const seconds = Math.max(1, Math.ceil((undoable.finishedAtMs + holdBackMs - nowMs) / 1_000))
  return (
    <button type="button" className="button button-quiet" onClick={() => void lane.undo()}>
      {words === 'outcome' ? t('outcome.undo', { seconds }) : t('lane.undo', { seconds })}
    </button>
  )
}
