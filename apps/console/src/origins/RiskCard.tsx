import type { OriginRisk } from '@guankou/contract/origin/risk.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ViewSwitch } from '@guankou/ui/controls/ViewSwitch.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { OriginRiskMap } from '#src/origins/OriginRiskMap.tsx'
import { OriginRiskTable, useRiskRows } from '#src/origins/OriginRiskTable.tsx'
import { useOriginsView } from '#src/origins/use-origins-view.ts'

type ControlsProps = {
  readonly shown: 'table' | 'map'
  readonly measure: 'expected' | 'arrivals'
  readonly isEmpty: boolean
  readonly onSave: () => void
}

const Controls = ({ shown, measure, isEmpty, onSave }: ControlsProps) => {
  const { t } = useTranslation()
  const { change } = useOriginsView()
  return (
    <>
      {shown === 'map' ? (
        <ViewSwitch
          name={t('originsPage.measure')}
          value={measure}
          views={[
            { value: 'expected', label: t('originsPage.expected') },
            { value: 'arrivals', label: t('originsPage.arrivals') },
          ]}
          onChange={(next) => change({ measure: next })}
        />
      ) : null}
      <button
        type="button"
        className="quiet-button"
        title={t('originsPage.exportHint')}
        disabled={isEmpty}
        onClick={onSave}
      >
        {t('originsPage.export')}
      </button>
      <button type="button" className="quiet-button" onClick={() => window.print()}>
        {t('originsPage.print')}
      </button>
      <ViewSwitch
        name={t('ui:viewOf', { name: t('originsPage.title') })}
        value={shown}
        views={[
          { value: 'table', label: t('ui:showTable') },
          { value: 'map', label: t('ui:showMap') },
        ]}
        onChange={(next) => change({ view: next === 'table' ? undefined : next })}
      />
    </>
  )
}

type RiskCardProps = { readonly risk: OriginRisk; readonly area: number; readonly timeZone: string }

/** Origins as a table or on the map. */
export const RiskCard = ({ risk, area, timeZone }: RiskCardProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useOriginsView()
  const { columns, rows, save } = useRiskRows(risk, view.sort, area)
  const shown = view.view ?? 'table'
  const measure = view.measure ?? (risk.total === null ? 'arrivals' : 'expected')
  return (
    <Card
      title={t('originsPage.title')}
      className="origin-risk"
      note={t('originsPage.window', {
        from: risk.from,
        until: risk.until,
        people: formatQuantity(locale, risk.travellersTotal, 'person'),
        time: formatInstant(risk.countedAt, timeZone),
      })}
      controls={<Controls shown={shown} measure={measure} isEmpty={rows.length === 0} onSave={save} />}
    >
      {rows.length === 0 ? (
        <EmptyState title={t('originsPage.empty')}>{t('originsPage.emptyText')}</EmptyState>
      ) : null}
      {rows.length > 0 && shown === 'map' ? (
        <OriginRiskMap risk={risk} area={area} measure={measure} />
      ) : null}
      {rows.length > 0 && shown === 'table' ? (
        <OriginRiskTable
          risk={risk}
          timeZone={timeZone}
          columns={columns}
          rows={rows}
          sort={view.sort}
          onSort={(sort) => change({ sort })}
          onOrigin={(origin) => change({ origin })}
        />
      ) : null}
    </Card>
  )
}
