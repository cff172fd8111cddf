import type { HandoverLine, Handovers } from '@guankou/contract/handovers/endpoints.ts'
import { handoverStateNames } from '@guankou/contract/handovers/vocabulary.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { formatHandoverCode } from '@guankou/domain/handovers/handover-code.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import type { FigureState } from '@guankou/ui/figures/StateMark.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useHandoversView } from '#src/handovers/handovers-view.ts'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'

type Props = {
  readonly area: Jurisdiction
  readonly found: Handovers
  readonly posts: ReadonlyMap<number, Post>
}

/** Minutes until the limit, negative past it; undefined where no limit runs. */
const minutesLeft = (line: HandoverLine, nowMs: number): number | undefined =>
  line.overdueAt === null ? undefined : Math.round((Date.parse(line.overdueAt) - nowMs) / 60_000)

const figureOf = (line: HandoverLine, nowMs: number): FigureState => {
  if (!isOpenHandover(line)) return 'well'
  const left = minutesLeft(line, nowMs)
  if (left !== undefined && left <= 0) return 'act'
  return line.state === 'received' ? 'well' : 'look'
}

type Words = { readonly t: TFunction; readonly locale: Locale }

const clockText = (t: TFunction, line: HandoverLine, nowMs: number): string => {
  const left = minutesLeft(line, nowMs)
  if (left === undefined) return ''
  return left <= 0 ? t('handovers.overdue', { minutes: -left }) : t('handovers.left', { minutes: left })
}

const postText = ({ t, locale }: Words, { opening }: HandoverLine, posts: Props['posts']): string => {
  if (opening === null) return t('handovers.notArrived')
  const post = posts.get(opening.postId)
  return post === undefined ? String(opening.postId) : inLocale(post.name, locale)
}

const peopleText = (t: TFunction, { opening }: HandoverLine): string => {
  if (opening === null) return ''
  const near = opening.people.filter(({ part }) => part === 'near').length
  return t('handovers.peopleText', { along: opening.people.length - near, near })
}

const useColumns = (
  { area, posts }: Omit<Props, 'found'>,
  nowMs: number,
): readonly Column<HandoverLine>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  return [
    { key: 'code', title: t('handovers.code'), text: ({ code }) => formatHandoverCode(code) },
    {
      key: 'state',
      title: t('handovers.state'),
      text: ({ state }) => inLocale(handoverStateNames[state], locale),
    },
    { key: 'clock', title: t('handovers.clock'), text: (line) => clockText(t, line, nowMs) },
    { key: 'post', title: t('handovers.post'), text: (line) => postText({ t, locale }, line, posts) },
    { key: 'people', title: t('handovers.people'), text: (line) => peopleText(t, line) },
    {
      key: 'opened',
      title: t('handovers.opened'),
      text: ({ openedAt }) => formatInstant(openedAt, area.timeZone),
    },
    {
      key: 'escalated',
      title: t('handovers.escalated'),
      text: ({ escalatedTo }) => (escalatedTo === null ? '' : inLocale(roleNames[escalatedTo], locale)),
    },
    {
      key: 'doubts',
      title: t('handovers.doubts'),
      numeric: true,
      text: ({ doubts }) => (doubts.length === 0 ? '' : String(doubts.length)),
    },
  ]
}

/** Hand-overs of an area: overdue first, then open, then over. */
export const HandoversCard = ({ area, found, posts }: Props) => {
  const { t } = useTranslation()
  const { view, change } = useHandoversView()
  const nowMs = useNow(15_000)
  const columns = useColumns({ area, posts }, nowMs)
  const shown = found.handovers.filter((line) => view.show === 'all' || isOpenHandover(line))
  return (
    <Card
      title={t('handovers.list')}
      note={t('handovers.counts', { open: found.open, overdue: found.overdue })}
      className="not-printed"
      controls={
        <label className="check-label">
          <input
            type="checkbox"
            checked={view.show === 'all'}
            onChange={({ currentTarget }) => change({ show: currentTarget.checked ? 'all' : undefined })}
          />
          {t('handovers.showAll')}
        </label>
      }
    >
      {shown.length === 0 ? (
        <EmptyState title={t('handovers.none')}>{t('handovers.noneText')}</EmptyState>
      ) : (
        <DataTable
          label={t('handovers.list')}
          columns={columns}
          rows={shown}
          rowKey={({ id }) => id}
          draw={({ key, text }, line) => {
            if (key === 'code')
              return (
                <button
                  type="button"
                  className="link-button handover-open"
                  aria-label={t('handovers.open', { code: text(line) })}
                  onClick={() => change({ handover: line.id })}
                >
                  {text(line)}
                </button>
              )
            if (key === 'state') return <StatusPill state={figureOf(line, nowMs)}>{text(line)}</StatusPill>
            return undefined
          }}
        />
      )}
    </Card>
  )
}
