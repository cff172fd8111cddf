import { addDays, formatDay } from '@guankou/ui/format/time.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

export type DayPickerProps = {
  readonly day: string
  readonly today: string
  /** `undefined` for the present day, whichever it is. */
  readonly onDay: (day: string | undefined) => void
}

/** The day on show, the one before and after, and any other by the browser's own picker. */
export const DayPicker = ({ day, today, onDay }: DayPickerProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const pick = (next: string): void => onDay(next === today ? undefined : next)
  const atEnd = day >= today
  return (
    <span className="day-picker">
      <button
        type="button"
        className="step"
        aria-label={t('situation.previousDay')}
        title={`${t('situation.previousDay')} ( [ )`}
        onClick={() => pick(addDays(day, -1))}
      >
        ‹
      </button>
      <span className="pill day">
        <time dateTime={day} aria-hidden="true">
          {formatDay(locale, day)}
        </time>
        <input
          type="date"
          aria-label={t('situation.day')}
          value={day}
          max={today}
          onClick={(event) => event.currentTarget.showPicker()}
          onChange={(event) => {
            const { value } = event.currentTarget
            if (value !== '' && value <= today) pick(value)
          }}
        />
      </span>
      <button
        type="button"
        className="step"
        aria-label={t('situation.nextDay')}
        aria-disabled={atEnd}
        title={atEnd ? t('situation.nextDayNone') : `${t('situation.nextDay')} ( ] )`}
        onClick={() => {
          if (!atEnd) pick(addDays(day, 1))
        }}
      >
        ›
      </button>
    </span>
  )
}
