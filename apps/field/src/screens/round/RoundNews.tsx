import { errors } from '@guankou/contract/errors.ts'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatMoment } from '../format.ts'
import type { RoundAtHand } from './use-round.ts'

/** How fresh what is shown is, what became of the last entry, and the way back from it. */
export const RoundNews = ({ at }: { readonly at: RoundAtHand }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { made, news, round, undoLast } = at
  return (
    <>
      {made?.is === 'refused' ? (
        <p className="notice notice-act" role="alert">
          {errors[made.code].text[locale]}
        </p>
      ) : null}
      {made?.is === 'storage-full' ? (
        <p className="notice notice-act" role="alert">
          {t('round.full')}
        </p>
      ) : null}
      {news.is === 'refused' ? (
        <p className="notice" role="status">
          {errors[news.code].text[locale]}
        </p>
      ) : null}
      <div className={undoLast === undefined ? 'round-news' : 'round-news round-news-made'}>
        <p className="quiet" role="status">
          {made?.is === 'recorded' ? `${t('round.saved')} ` : ''}
          {news.is === 'fresh' && round !== undefined
            ? t('round.asOf', { time: formatMoment(round.asOf) })
            : ''}
          {news.is === 'unreachable' && round !== undefined
            ? t('round.notFresh', { time: formatMoment(round.asOf) })
            : ''}
          {news.is === 'unreachable' && round === undefined ? t('round.nothingYet') : ''}
        </p>
        {undoLast === undefined ? null : (
          <button type="button" className="button button-small" onClick={undoLast}>
            {t('round.undo')}
          </button>
        )}
      </div>
    </>
  )
}
