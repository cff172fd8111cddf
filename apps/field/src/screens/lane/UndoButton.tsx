import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { holdBackMs } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { useNow } from '#src/screens/use-now.ts'

/** Seconds for which the last vehicle may still be taken back; nothing once it may have left the phone. */
const useUndoSeconds = (): number | undefined => {
  const undoable = useStore(useField().lane.undoable)
  const nowMs = useNow(250)
  if (undoable === undefined) return undefined
  return Math.max(1, Math.ceil((undoable.finishedAtMs + holdBackMs - nowMs) / 1_000))
}

/** Under an outcome: undo while it can be, then the word that the record is kept. */
export const UndoButton = () => {
  const { t } = useTranslation()
  const { lane } = useField()
  const seconds = useUndoSeconds()
  if (seconds === undefined) return <p className="undo-space">{t('outcome.recorded')}</p>
  return (
    <button type="button" className="button button-quiet" onClick={() => void lane.undo()}>
      {t('outcome.undo', { seconds })}
    </button>
  )
}

/** An entry that was cleared by mistake comes back whole. */
const RestoreSegment = ({ untilMs }: { readonly untilMs: number }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const seconds = Math.max(1, Math.ceil((untilMs - useNow(250)) / 1_000))
  return (
    <button type="button" className="segment segment-undo" onClick={lane.restore}>
      <small>{t('lane.restore')}</small> <span>{t('lane.undoSeconds', { seconds })}</span>
    </button>
  )
}

/** Beside the next vehicle, for the rest of those seconds: what was done last is what can be undone. */
export const UndoSegment = () => {
  const { t } = useTranslation()
  const { lane } = useField()
  const seconds = useUndoSeconds()
  const cleared = useStore(lane.cleared)
  if (cleared !== undefined) return <RestoreSegment untilMs={cleared.untilMs} />
  if (seconds === undefined) return null
  return (
    <button type="button" className="segment segment-undo" onClick={() => void lane.undo()}>
      <small>{t('lane.undo')}</small> <span>{t('lane.undoSeconds', { seconds })}</span>
    </button>
  )
}
