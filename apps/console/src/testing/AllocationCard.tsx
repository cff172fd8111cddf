import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { PostAllocation, TestingAllocation } from '@guankou/contract/testing/allocation.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type Column, sortRows, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { BudgetButtons, BudgetInput, type BudgetsDraft, useBudgets } from '#src/testing/Budgets.tsx'
import { Figure } from '#src/testing/Figure.tsx'
import { typeName } from '#src/testing/type-columns.ts'
import { reasonKeys } from '#src/testing/words.ts'

type Row = { readonly post: Post; readonly district: string; readonly allocated: PostAllocation }

export type AllocationCardProps = {
  readonly allocation: TestingAllocation
  readonly posts: readonly Post[]
  readonly jurisdictions: readonly Jurisdiction[]
  readonly timeZone: string
  readonly today: string
  readonly sort: string | undefined
  readonly onSort: (sort: string) => void
  readonly onPost: (postId: number) => void
}

const useColumns = (): readonly Column<Row>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const number = (key: string, title: string, of: (allocated: PostAllocation) => number): Column<Row> => ({
    key,
    title,
    numeric: true,
    text: ({ allocated }) => formatNumber(locale, of(allocated)),
    sortBy: ({ allocated }) => of(allocated),
  })
  const nameOf = ({ post }: Row) => inLocale(post.name, locale)
  return [
    { key: 'post', title: t('testing.post'), text: nameOf, sortBy: nameOf },
    {
      key: 'district',
      title: t('testing.district'),
      text: ({ district }) => district,
      sortBy: ({ district }) => district,
    },
    number('budget', t('testing.budget'), ({ budget }) => budget),
    number('taken', t('testing.takenToday'), ({ taken }) => taken),
    { ...number('tests', t('testing.tests'), ({ tests }) => tests), hint: t('testing.testsHint') },
    number('byLot', t('testing.byLot'), ({ byLot }) => byLot),
    {
      key: 'reason',
      title: t('testing.firstReason'),
      text: ({ allocated }) => {
        const [first] = allocated.types
        if (first === undefined || first.tests === 0) return '—'
        return `${typeName(t, locale, first)}: ${t(reasonKeys[first.reason])}`
      },
    },
  ]
}

const useCells = ({ allocation, onPost }: AllocationCardProps, draft: BudgetsDraft | undefined) => {
  const locale = useLocale()
  const { stamps } = allocation
  return (column: Column<Row>, row: Row) => {
    const name = `${column.title}, ${inLocale(row.post.name, locale)}`
    if (column.key === 'post')
      return (
        <button type="button" className="link-button" onClick={() => onPost(row.post.id)}>
          {column.text(row)}
        </button>
      )
    if (column.key === 'budget' && draft !== undefined)
      return <BudgetInput post={row.post} allocated={row.allocated} draft={draft} />
    if (stamps === null || (column.key !== 'tests' && column.key !== 'byLot')) return undefined
    const value = column.key === 'tests' ? row.allocated.tests : row.allocated.byLot
    return <Figure stamp={stamps.tests} note="tests" name={name} value={value} text={column.text(row)} />
  }
}

/** Every post with its budget and what is allocated; budgets can be changed in place, and the change undone. */
export const AllocationCard = (props: AllocationCardProps) => {
  const { allocation, posts, jurisdictions, timeZone, today, sort, onSort } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const columns = useColumns()
  const budgets = useBudgets(allocation, today)
  const draw = useCells(props, budgets.draft)
  const rows = allocation.posts.flatMap((allocated): Row[] => {
    const post = posts.find(({ id }) => id === allocated.postId)
    if (post === undefined) return []
    const district = jurisdictions.find(({ code }) => code === post.jurisdiction)?.name
    return [{ post, allocated, district: district === undefined ? '' : inLocale(district, locale) }]
  })
  const sorted = sortRows(rows, columns, sort ?? '-tests', localeTag[locale])
  const save = () => saveFile(`testing-${allocation.day}.csv`, toCsv(tableTexts(columns, sorted)), 'text/csv')
  return (
    <Card
      title={t('testing.posts')}
      className="table-card"
      note={
        allocation.stamps === null
          ? t('testing.noRun')
          : t('testing.computedAt', { time: formatInstant(allocation.stamps.tests.computedAt, timeZone) })
      }
      controls={
        <>
          <BudgetButtons {...budgets} />
          <button type="button" className="quiet-button" title={t('testing.exportHint')} onClick={save}>
            {t('testing.export')}
          </button>
        </>
      }
    >
      <p role="status" className="muted">
        {budgets.message}
      </p>
      <DataTable
        label={t('testing.posts')}
        columns={columns}
        rows={sorted}
        rowKey={({ post }) => post.id}
        sort={sort ?? '-tests'}
        onSort={onSort}
        draw={draw}
      />
    </Card>
  )
}
