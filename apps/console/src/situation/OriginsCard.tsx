import type { SituationOrigins } from '@guankou/contract/situation/endpoints.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ViewSwitch } from '@guankou/ui/controls/ViewSwitch.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { localeTag } from '@guankou/ui/i18n/locale.ts'
import { sortRows, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { OriginsMap } from '#src/situation/OriginsMap.tsx'
import { originColumns } from '#src/situation/origin-columns.ts'

export type OriginsCardProps = {
  readonly origins: SituationOrigins
  readonly area: number
  readonly dayIsOver: boolean
  readonly compare: boolean
  readonly view: 'map' | 'table'
  readonly onView: (view: 'map' | 'table') => void
  readonly sort: string | undefined
  readonly onSort: (sort: string) => void
}

/** Where the people of the day were in their exposure window. */
export const OriginsCard = (props: OriginsCardProps) => {
  const { origins, view } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const columns = useMemo(
    () =>
      originColumns({
        t,
        locale,
        smallCountThreshold: origins.smallCountThreshold,
        dayIsOver: props.dayIsOver,
        compare: props.compare,
      }),
    [t, locale, origins.smallCountThreshold, props.dayIsOver, props.compare],
  )
  const rows = useMemo(
    () => sortRows(origins.origins, columns, props.sort, localeTag[locale]),
    [origins.origins, columns, props.sort, locale],
  )
  const save = () =>
    saveFile(`origins-${props.area}-${origins.day}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')

  return (
    <Card
      title={t('origins.title')}
      className="origins"
      note={t('origins.total', { people: formatQuantity(locale, origins.travellersTotal, 'person') })}
      controls={
        <>
          {view === 'table' && rows.length > 0 ? (
            <button type="button" className="quiet-button" title={t('origins.exportHint')} onClick={save}>
              {t('origins.export')}
            </button>
          ) : null}
          <ViewSwitch
            name={t('ui:viewOf', { name: t('origins.title') })}
            value={view}
            views={[
              { value: 'table', label: t('ui:showTable') },
              { value: 'map', label: t('ui:showMap') },
            ]}
            onChange={props.onView}
          />
        </>
      }
    >
      {rows.length === 0 ? <EmptyState title={t('origins.empty')} /> : null}
      {rows.length > 0 && view === 'map' ? <OriginsMap origins={origins} area={props.area} /> : null}
      {rows.length > 0 && view === 'table' ? (
        <div className="origins-table">
          <DataTable
            label={t('origins.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.originCode}
            sort={props.sort ?? '-travellers'}
            onSort={props.onSort}
          />
          <p className="card-foot">{t('origins.privacy', { threshold: origins.smallCountThreshold })}</p>
        </div>
      ) : null}
    </Card>
  )
}
