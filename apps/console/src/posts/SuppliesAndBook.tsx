import { supplyNames } from '@guankou/contract/posts/vocabulary.ts'
import type { BookEntry } from '@guankou/domain/posts/book.ts'
import type { Supply } from '@guankou/domain/posts/supplies.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import type { PostParts } from '#src/posts/post-parts.ts'
import { TableCard } from '#src/posts/TableCard.tsx'

type Props = { readonly parts: PostParts }

const supplyColumns = (t: TFunction, locale: Locale, timeZone: string): readonly Column<Supply>[] => {
  const number = (value: number | null): string => (value === null ? '—' : formatNumber(locale, value))
  return [
    {
      key: 'item',
      title: t('postPage.supplies.item'),
      text: ({ item }) => inLocale(supplyNames[item], locale),
    },
    {
      key: 'state',
      title: t('postPage.supplies.state'),
      text: ({ isLow, quantity }) =>
        quantity === null
          ? t('postPage.supplies.notCounted')
          : isLow
            ? t('postPage.supplies.low')
            : t('postPage.supplies.well'),
    },
    {
      key: 'quantity',
      title: t('postPage.supplies.quantity'),
      numeric: true,
      text: ({ quantity }) => number(quantity),
    },
    { key: 'lowAt', title: t('postPage.supplies.lowAt'), numeric: true, text: ({ lowAt }) => number(lowAt) },
    {
      key: 'awaited',
      title: t('postPage.supplies.awaited'),
      numeric: true,
      text: ({ awaited }) => number(awaited),
    },
    {
      key: 'counted',
      title: t('postPage.supplies.counted'),
      text: ({ countedAtMs }) =>
        countedAtMs === null ? '—' : formatInstant(new Date(countedAtMs).toISOString(), timeZone),
    },
  ]
}

export const SuppliesCard = ({ parts }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { running, timeZone, post } = parts
  return (
    <TableCard
      title={t('postPage.supplies.title')}
      file={`supplies-${post.id}`}
      none={t('postPage.supplies.none')}
      columns={supplyColumns(t, locale, timeZone)}
      rows={running.supplies}
      rowKey={({ item }) => item}
      draw={(column, row) =>
        column.key === 'state' && row.isLow ? (
          <StatusPill state="look">{column.text(row)}</StatusPill>
        ) : undefined
      }
    />
  )
}

export const BookCard = ({ parts }: Props) => {
  const { t } = useTranslation()
  const { running, nameOf, timeZone, post } = parts
  const time = (atMs: number): string => formatInstant(new Date(atMs).toISOString(), timeZone)
  const columns: readonly Column<BookEntry>[] = [
    { key: 'time', title: t('postPage.book.time'), text: ({ atMs }) => time(atMs) },
    { key: 'by', title: t('postPage.book.by'), text: ({ makerId }) => nameOf(makerId) },
    { key: 'text', title: t('postPage.book.text'), text: ({ text }) => text },
    {
      key: 'state',
      title: t('postPage.book.state'),
      text: ({ isOpen, settledAtMs }) =>
        isOpen
          ? t('postPage.book.todo')
          : settledAtMs === null
            ? t('postPage.book.note')
            : t('postPage.book.settled'),
    },
    {
      key: 'taken',
      title: t('postPage.book.taken'),
      text: ({ takenOverBy, takenOverAtMs }) =>
        takenOverBy === null || takenOverAtMs === null
          ? t('postPage.book.unread')
          : `${nameOf(takenOverBy)} ${time(takenOverAtMs)}`,
    },
  ]
  return (
    <TableCard
      title={t('postPage.book.title')}
      file={`book-${post.id}`}
      none={t('postPage.book.none')}
      columns={columns}
      rows={running.book}
      rowKey={({ id }) => id}
      draw={(column, row) =>
        column.key === 'state' && row.isOpen ? (
          <StatusPill state="look">{column.text(row)}</StatusPill>
        ) : undefined
      }
    />
  )
}
