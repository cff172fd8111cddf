import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { replayDecisions } from '@guankou/contract/screening/decisions.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useReplay } from '#src/screening/queries.ts'

type Replayed = OutputOf<typeof replayDecisions>
type Difference = Replayed['differences'][number]

const Differences = ({
  differences,
  nameOfPost,
}: {
  readonly differences: readonly Difference[]
  readonly nameOfPost: (id: number) => string
}) => {
  const { t } = useTranslation()
  const columns: readonly Column<Difference>[] = [
    { key: 'post', title: t('decisions.place'), text: ({ postId }) => nameOfPost(postId) },
    {
      key: 'part',
      title: t('decisions.part'),
      text: ({ seat, part }) => `${t('decisions.seat', { seat })} · ${part}`,
    },
    { key: 'kept', title: t('decisions.kept'), text: ({ kept }) => kept },
    { key: 'replayed', title: t('decisions.replayed'), text: ({ replayed }) => replayed },
  ]
  return (
    <DataTable
      label={t('decisions.replay')}
      columns={columns}
      rows={differences}
      rowKey={({ screeningId, seat, part }) => `${screeningId} ${seat} ${part}`}
    />
  )
}

/** Decides a day again when somebody asks, and says what differs. */
export const ReplayCard = ({
  area,
  day,
  nameOfPost,
}: {
  readonly area: number
  readonly day: string
  readonly nameOfPost: (id: number) => string
}) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const replay = useReplay()
  const outcome = ({ held, screenings, travellers, differing }: Replayed): string => {
    if (!held && screenings === 0) return t('decisions.replayGone')
    return differing === 0
      ? t('decisions.replaySame', { screenings, travellers })
      : t('decisions.replayDiffers', { screenings, differing })
  }
  return (
    <Card title={t('decisions.replay')}>
      <div className="decision-replay">
        <p className="muted">{t('decisions.replayNote')}</p>
        <button
          type="button"
          className="quiet-button"
          disabled={replay.isPending}
          onClick={() => replay.mutate({ area, day })}
        >
          {t('decisions.replayRun')}
        </button>
        <p role="status">
          {replay.isSuccess ? outcome(replay.data) : null}
          {replay.isError ? failureText(replay.error).text : null}
        </p>
      </div>
      {replay.isSuccess && replay.data.differences.length > 0 ? (
        <Differences differences={replay.data.differences} nameOfPost={nameOfPost} />
      ) : null}
    </Card>
  )
}
