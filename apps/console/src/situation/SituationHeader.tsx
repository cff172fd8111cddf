import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { civilDateOf, formatDay } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { noticeQuery } from '#src/api/queries.ts'
import { HandoverPill } from '#src/handovers/HandoverCount.tsx'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { LivePill } from '#src/live/LivePill.tsx'
import type { Line } from '#src/live/line.ts'
import { AlarmPill } from '#src/monitoring/AlarmCount.tsx'
import { DayPicker } from '#src/situation/DayPicker.tsx'
import { useSituationView } from '#src/situation/use-situation-view.ts'
import { toggleWall } from '#src/situation/wall.ts'

const ResponsePill = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  const notice = useQuery(noticeQuery).data
  return (
    <>
      {(notice?.responses ?? []).map((response) => (
        <span
          key={response.id}
          className="pill"
          title={`${inLocale(response.name, locale)}\n${t('situation.responseHint', {
            from: response.collectionFrom,
            until: response.collectionUntil,
          })}`}
        >
          <span className="response-name">{inLocale(response.name, locale)}</span>
          {t('situation.rules', { version: response.rulesVersion })}
        </span>
      ))}
      {notice?.demo === true ? <StatusPill state="info">{t('situation.demo')}</StatusPill> : null}
    </>
  )
}

type HeaderProps = {
  readonly area: Jurisdiction
  readonly areas: readonly Jurisdiction[]
  readonly line: Line
}

const AreaTitle = ({ area, areas }: Omit<HeaderProps, 'line'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { change } = useSituationView()
  return (
    <h1>
      {t('situation.title')}
      <span aria-hidden="true"> · </span>
      <select
        aria-label={t('situation.area')}
        value={area.code}
        onChange={(event) => change({ area: Number(event.currentTarget.value), post: undefined })}
      >
        {areas.map((each) => (
          <option key={each.code} value={each.code}>
            {inLocale(each.name, locale)}
          </option>
        ))}
      </select>
    </h1>
  )
}

const DayTools = ({ timeZone }: { readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useSituationView()
  const today = civilDateOf(useNow(1_000), timeZone)
  const day = view.day ?? today
  const compare = view.compare ?? true
  return (
    <>
      <DayPicker day={day} today={today} onDay={(next) => change({ day: next })} />
      {day === today ? null : (
        <StatusPill
          state="info"
          hint={t('situation.pastDayHint', { day: formatDay(locale, day), today: formatDay(locale, today) })}
        >
          {t('situation.pastDay')}
        </StatusPill>
      )}
      <button
        type="button"
        className="quiet-button"
        aria-pressed={compare}
        onClick={() => change({ compare: compare ? false : undefined })}
      >
        {t('situation.compare')}
      </button>
    </>
  )
}

/** What is on show: area, response, day, and how live it is. */
export const SituationHeader = ({ area, areas, line }: HeaderProps) => {
  const { t } = useTranslation()
  const { view, change } = useSituationView()
  const wall = view.wall === true
  return (
    <header className="page-head">
      <AreaTitle area={area} areas={areas} />
      <ResponsePill />
      <DayTools timeZone={area.timeZone} />
      <AlarmPill area={area.code} />
      <HandoverPill area={area.code} />
      <span className="spring" />
      <LivePill line={line} timeZone={area.timeZone} />
      <Clock timeZone={area.timeZone} />
      <button
        type="button"
        className="quiet-button wall-button"
        aria-pressed={wall}
        onClick={() => toggleWall(wall, change)}
      >
        {wall ? t('situation.leaveWall') : t('situation.wall')}
      </button>
      <PreferenceButtons />
    </header>
  )
}
