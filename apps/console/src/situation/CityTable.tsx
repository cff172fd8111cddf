import { formatNumber } from '@guankou/ui/format/quantity.ts'
import type { PostMark } from '@guankou/ui/maps/post-marks.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

const order: readonly PostMark['state'][] = ['act', 'look', 'well', 'silent']

const urgentFirst = (marks: readonly PostMark[]): readonly PostMark[] =>
  marks.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.id - b.id)

/** The city map as a table: posts that call for someone first. */
export const CityTable = ({
  marks,
  onPost,
}: {
  readonly marks: readonly PostMark[]
  readonly onPost: (postId: number) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns: readonly Column<PostMark>[] = [
    { key: 'post', title: t('city.post'), text: (mark) => mark.name },
    { key: 'state', title: t('city.state'), text: (mark) => t(`state.${mark.state}`) },
    {
      key: 'pace',
      title: t('city.pace'),
      numeric: true,
      text: (mark) => formatNumber(locale, mark.figures.vehiclesPerHour),
    },
    {
      key: 'wait',
      title: t('city.waitMinutes'),
      numeric: true,
      text: ({ figures }) =>
        figures.waitMinutes === null ? '—' : formatNumber(locale, figures.waitMinutes, 1),
    },
    {
      key: 'fever',
      title: t('city.fevers'),
      numeric: true,
      text: (mark) => formatNumber(locale, mark.figures.febrileRecently),
    },
  ]
  return (
    <DataTable
      label={t('city.title')}
      columns={columns}
      rows={urgentFirst(marks)}
      rowKey={(mark) => mark.id}
      draw={(column, mark) =>
        column.key === 'post' ? (
          <button type="button" className="link-button" onClick={() => onPost(mark.id)}>
            {mark.name}
          </button>
        ) : undefined
      }
    />
  )
}
