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

const useRows = (props: OriginsCardProps) => {
  const { origins, dayIsOver, compare, sort } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const columns = useMemo(
    () => originColumns({ t, locale, dayIsOver, compare }),
    [t, locale, dayIsOver, compare],
  )
  const rows = useMemo(
    () => sortRows(origins.origins, columns, sort, localeTag[locale]),
    [origins.origins, columns, sort, locale],
  )
  return { columns, rows }
}

const OriginsTable = (props: OriginsCardProps & ReturnType<typeof useRows>) => {
  const { t } = useTranslation()
  return (
    <div className="origins-table">
      <DataTable
        label={t('origins.title')}
        columns={props.columns}
        rows={props.rows}
        rowKey={(row) => row.originCode}
        sort={props.sort ?? '-travellers'}
        onSort={props.onSort}
      />
      <p className="card-foot">{t('origins.privacy', { threshold: props.origins.smallCountThreshold })}</p>
    </div>
  )
}

const Controls = (props: OriginsCardProps & ReturnType<typeof useRows>) => {
  const { origins, area, view, columns, rows } = props
  const { t } = useTranslation()
  const save = () =>
    saveFile(`origins-${area}-${origins.day}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')
  return (
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
  )
}

/** Where the people of the day were in their exposure window. */
export const OriginsCard = (props: OriginsCardProps) => {
  const { origins, view } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const table = useRows(props)
  const isEmpty = table.rows.length === 0
  return (
    <Card
      title={t('origins.title')}
      className="origins"
      note={t('origins.total', { people: formatQuantity(locale, origins.travellersTotal, 'person') })}
      controls={<Controls {...props} {...table} />}
    >
      {isEmpty ? <EmptyState title={t(origins.tooFew ? 'origins.tooFew' : 'origins.empty')} /> : null}
      {!isEmpty && view === 'map' ? <OriginsMap origins={origins} area={props.area} /> : null}
      {!isEmpty && view === 'table' ? <OriginsTable {...props} {...table} /> : null}
    </Card>
  )
}
