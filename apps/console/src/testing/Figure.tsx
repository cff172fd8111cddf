import type { FigureInterval, ModelStamp } from '@guankou/contract/models/model-stamp.ts'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { intervalText } from '#src/testing/numbers.ts'
import { type NoteName, useNote } from '#src/testing/use-note.ts'

export type FigureProps = {
  readonly stamp: ModelStamp | undefined
  readonly note: NoteName
  readonly name: string
  readonly value: number | null
  readonly text: string
  readonly interval?: { readonly of: FigureInterval; readonly format: (value: number) => string } | undefined
}

/** A number of the testing model with its stamp and note; the bare text where no run stands behind it. */
export const Figure = ({ stamp, note, name, value, text, interval }: FigureProps) => {
  const { t } = useTranslation()
  const noteOf = useNote()
  const timeZone = useTimeZone()
  if (stamp === undefined) return <>{text}</>
  const shown = interval === undefined ? undefined : intervalText(t, interval.of, interval.format)
  return (
    <ModelFigure
      stamp={stamp}
      name={name}
      text={text}
      value={value}
      timeZone={timeZone}
      note={() => noteOf(note)}
      {...(interval === undefined || shown === undefined
        ? {}
        : { interval: { text: shown, of: interval.of } })}
    />
  )
}
