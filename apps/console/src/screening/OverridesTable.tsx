import type { OverrideView } from '@guankou/contract/screening/decisions.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { overrideGroundNames, overrideStateNames } from '@guankou/contract/screening/override.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

type Props = {
  readonly overrides: readonly OverrideView[]
  readonly timeZone: string
  readonly nameOfPost: (id: number) => string
  readonly onOpen: (screeningId: string) => void
}

const useColumns = ({ timeZone, nameOfPost }: Props): readonly Column<OverrideView>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  return [
    { key: 'time', title: t('decisions.time'), text: ({ madeAt }) => formatClockMinute(madeAt, timeZone) },
    {
      key: 'place',
      title: t('decisions.place'),
      text: ({ postId, seat }) => `${nameOfPost(postId)} · ${t('decisions.seat', { seat })}`,
    },
    {
      key: 'from',
      title: t('decisions.from'),
      text: ({ stood }) => inLocale(dispositionNames[stood], locale),
    },
    {
      key: 'to',
      title: t('decisions.to'),
      text: ({ disposition }) => inLocale(dispositionNames[disposition], locale),
    },
    {
      key: 'ground',
      title: t('decisions.ground'),
      text: ({ ground }) => inLocale(overrideGroundNames[ground], locale),
    },
    { key: 'by', title: t('decisions.by'), text: ({ by }) => inLocale(by.officer, locale) },
    {
      key: 'state',
      title: t('decisions.state'),
      text: ({ state, stands }) =>
        state === 'in-force' && !stands
          ? t('decisions.notStanding')
          : inLocale(overrideStateNames[state], locale),
    },
    { key: 'why', title: t('decisions.drawer'), text: () => t('decisions.why') },
  ]
}

/** Overrides of screenings of a day, newest first. */
export const OverridesTable = (props: Props) => {
  const { t } = useTranslation()
  const columns = useColumns(props)
  if (props.overrides.length === 0) return <EmptyState title={t('decisions.overridesNone')} />
  return (
    <DataTable
      label={t('decisions.overrides')}
      columns={columns}
      rows={props.overrides}
      rowKey={({ id }) => id}
      draw={(column, { screeningId, madeAt, postId }) =>
        column.key === 'why' ? (
          <button
            type="button"
            className="link-button"
            aria-label={t('decisions.whyOf', {
              time: formatClockMinute(madeAt, props.timeZone),
              post: props.nameOfPost(postId),
            })}
            onClick={() => props.onOpen(screeningId)}
          >
            {t('decisions.why')}
          </button>
        ) : undefined
      }
    />
  )
}
