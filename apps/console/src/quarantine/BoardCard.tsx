import type { QuarantineBoard, QuarantineLine } from '@guankou/contract/quarantine/views.ts'
import {
  contactWayNames,
  quarantineSiteNames,
  quarantineStateNames,
  quarantineStepNames,
} from '@guankou/contract/quarantine/vocabulary.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
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
import { PageLink } from '#src/layout/PageLink.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { paths } from '#src/path-builder.ts'
import { useQuarantineView } from '#src/quarantine/quarantine-view.ts'
import { Ribbon, RibbonLegend } from '#src/quarantine/Ribbon.tsx'

/** The end of an id is enough to tell two episodes on one screen apart. */
export const shortId = (id: string): string => id.slice(-6).toUpperCase()

export const figureOfLine = (line: QuarantineLine): FigureState => {
  if (!isOpenEpisode(line)) return 'info'
  if (line.overdue) return 'act'
  return line.state === 'active' && line.openHelp.length === 0 ? 'well' : 'look'
}

/** What an episode waits for, with the way of the ladder where somebody is being missed. */
export const stepText = (t: TFunction, locale: Locale, { step, ladder }: QuarantineLine): string => {
  const name = inLocale(quarantineStepNames[step], locale)
  return ladder?.way == null
    ? name
    : t('quarantine.stepByWay', { step: name, way: inLocale(contactWayNames[ladder.way], locale) })
}

const useColumns = (): readonly Column<QuarantineLine>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  return [
    { key: 'id', title: t('quarantine.episode'), text: ({ id }) => shortId(id) },
    {
      key: 'state',
      title: t('quarantine.state'),
      text: ({ state }) => inLocale(quarantineStateNames[state], locale),
    },
    { key: 'step', title: t('quarantine.next'), text: (line) => stepText(t, locale, line) },
    {
      key: 'since',
      title: t('quarantine.since'),
      text: ({ stepAt, timeZone }) => (stepAt === null ? '' : formatInstant(stepAt, timeZone).slice(5, 16)),
    },
    {
      key: 'day',
      title: t('quarantine.day'),
      numeric: true,
      text: ({ dayNumber, days }) => `${dayNumber}/${days}`,
    },
    { key: 'ribbon', title: t('quarantine.ribbon'), text: ({ ribbon }) => String(ribbon.length) },
    {
      key: 'help',
      title: t('quarantine.openHelp'),
      numeric: true,
      text: ({ openHelp }) => (openHelp.length === 0 ? '' : String(openHelp.length)),
    },
    {
      key: 'place',
      title: t('quarantine.place'),
      text: ({ district, site }) =>
        `${inLocale(district, locale)} · ${inLocale(quarantineSiteNames[site], locale)}`,
    },
    { key: 'lastDay', title: t('quarantine.lastDay'), text: ({ lastDay }) => lastDay },
  ]
}

const Filter = () => {
  const { t } = useTranslation()
  const { view, change } = useQuarantineView()
  return (
    <fieldset className="board-filter" aria-label={t('quarantine.filter')}>
      {(['overdue', undefined, 'all'] as const).map((show) => (
        <button
          key={show ?? 'open'}
          type="button"
          className="quiet-button"
          aria-pressed={view.show === show}
          onClick={() => change({ show })}
        >
          {t(`quarantine.show.${show ?? 'open'}`)}
        </button>
      ))}
    </fieldset>
  )
}

/** Every episode of an area: overdue first, then open, then over. */
export const BoardCard = ({ board }: { readonly board: QuarantineBoard }) => {
  const { t } = useTranslation()
  const { view } = useQuarantineView()
  const columns = useColumns()
  const shown = board.lines.filter((line) => {
    if (view.show === 'all') return true
    return view.show === 'overdue' ? line.overdue : isOpenEpisode(line)
  })
  return (
    <Card
      title={t('quarantine.list')}
      note={t('quarantine.counts', { open: board.open, overdue: board.overdue })}
      controls={<Filter />}
    >
      {shown.length === 0 ? (
        <EmptyState title={t('quarantine.none')}>{t('quarantine.noneText')}</EmptyState>
      ) : (
        <>
          <RibbonLegend />
          <DataTable
            label={t('quarantine.list')}
            columns={columns}
            rows={shown}
            rowKey={({ id }) => id}
            draw={({ key, text }, line) => {
              if (key === 'id')
                return (
                  <PageLink path={paths.episode} view={{ area: line.jurisdiction, episode: line.id }}>
                    {text(line)}
                  </PageLink>
                )
              if (key === 'state') return <StatusPill state={figureOfLine(line)}>{text(line)}</StatusPill>
              return key === 'ribbon' ? <Ribbon days={line.ribbon} /> : undefined
            }}
          />
        </>
      )}
      {board.more ? <p role="status">{t('quarantine.more')}</p> : null}
    </Card>
  )
}
