import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import type { RescreenDistrict, RescreenRun } from '@guankou/contract/rescreen/runs.ts'
import { rescreenStateNames } from '@guankou/contract/rescreen/vocabulary.ts'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { textOfCode } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'

type Counted = Omit<RescreenDistrict, 'jurisdiction' | 'listId'> & {
  readonly key: string
  readonly name: string
}

const counts = [
  'selected',
  'listed',
  'linked',
  'unreadable',
  'called',
  'closed',
  'toVisit',
  'noAddress',
  'open',
  'overdue',
] as const

const useColumns = (): readonly Column<Counted>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  return [
    { key: 'name', title: t('rescreen.district'), text: ({ name }) => name },
    ...counts.map((key) => ({
      key,
      title: t(`rescreen.${key}`),
      hint: t(`rescreen.hint.${key}`),
      numeric: true,
      text: (row: Counted) => formatNumber(locale, row[key]),
    })),
  ]
}

const sumOf = (districts: readonly RescreenDistrict[], name: string): Counted => {
  const sum = (key: (typeof counts)[number]): number =>
    districts.reduce((total, each) => total + each[key], 0)
  return {
    key: 'sum',
    name,
    ...(Object.fromEntries(counts.map((key) => [key, sum(key)])) as Record<(typeof counts)[number], number>),
  }
}

type Props = {
  readonly run: RescreenRun
  readonly areas: readonly Jurisdiction[]
  readonly timeZone: string
  readonly children?: React.ReactNode
}

/** How far one pass has come: who was found, who is on a list, who was reached, and what is late. */
export const RunProgress = ({ run, areas, timeZone, children }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns = useColumns()
  const rows = run.districts.map((each) => {
    const area = areas.find(({ code }) => code === each.jurisdiction)
    const name = area === undefined ? String(each.jurisdiction) : inLocale(area.name, locale)
    return { ...each, key: String(each.jurisdiction), name }
  })
  const selected = run.districts.reduce((sum, each) => sum + each.selected, 0)
  const title = t('rescreen.runTitle', { version: run.version, before: run.beforeVersion })
  const number = (value: number): string => formatNumber(locale, value)
  return (
    <section className="rescreen-run" aria-label={title}>
      <h3>
        {title} · {inLocale(rescreenStateNames[run.state], locale)}
      </h3>
      {run.state === 'listing' ? (
        <progress value={run.handled} max={Math.max(1, selected)} aria-label={t('rescreen.listing')} />
      ) : null}
      <p>
        {t('rescreen.runFacts', {
          onFile: number(run.onFile),
          selected: number(selected),
          due: formatInstant(run.dueAt, timeZone).slice(0, 16),
        })}
        {run.notAsked > 0 ? ` ${t('rescreen.notAsked', { people: number(run.notAsked) })}` : null}
        {run.failure === null ? null : ` ${textOfCode(run.failure, locale) ?? run.failure}`}
      </p>
      {rows.length === 0 ? null : (
        <DataTable
          label={title}
          columns={columns}
          rows={rows.length > 1 ? [...rows, sumOf(run.districts, t('rescreen.sum'))] : rows}
          rowKey={({ key }) => key}
        />
      )}
      <p className="card-foot">
        {t('rescreen.startedBy', {
          who: inLocale(run.startedBy, locale),
          time: formatInstant(run.startedAt, timeZone).slice(0, 16),
        })}{' '}
        {children}
      </p>
    </section>
  )
}
