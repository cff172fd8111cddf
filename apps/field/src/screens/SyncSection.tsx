import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatMoment } from './format.ts'
import { syncText } from './sync-text.ts'
import { usePack } from './use-pack.ts'

const PackFault = () => {
  const { t } = useTranslation()
  const { state, fault } = usePack().download
  if (state !== 'distrusted' || fault === undefined) return null
  return <p className="notice notice-act">{t('state.packFault', { fault: t(`fault.${fault}`) })}</p>
}

/** The state of both machines in figures. */
export const SyncSection = () => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const view = useStore(runtime.sync.view)
  const { counts, skewMs } = view
  const { held } = usePack()
  const others = [...counts.waitingForOthers.values()].map(({ name, count }) => `${name[locale]} ${count}`)
  return (
    <section className="section" aria-labelledby="sync-title">
      <h2 id="sync-title">{t('sync.title')}</h2>
      <dl className="facts">
        <dt>{t('sync.state')}</dt>
        <dd>{syncText(t, view)}</dd>
        <dt>{t('sync.waiting')}</dt>
        <dd>{counts.waiting}</dd>
        <dt>{t('sync.others')}</dt>
        <dd>{others.length === 0 ? 0 : others.join(' · ')}</dd>
        <dt>{t('sync.rejected')}</dt>
        <dd>{counts.rejected}</dd>
        <dt>{t('sync.unreadable')}</dt>
        <dd>{counts.unreadable}</dd>
        <dt>{t('sync.skew')}</dt>
        <dd>{t('sync.skewSeconds', { seconds: Math.round(skewMs / 1_000) })}</dd>
        <dt>{t('sync.pack')}</dt>
        <dd>
          {held === undefined
            ? t('sync.packNone')
            : `${t('sync.packVersion', { version: held.pack.version.slice(0, 8) })} · ${t('sync.packUntil', {
                time: formatMoment(held.pack.expiresAt),
              })}`}
        </dd>
      </dl>
      <PackFault />
      <div className="button-row">
        <button type="button" className="button" onClick={() => runtime.sync.uploader.tell({ is: 'asked' })}>
          {t('records.sendNow')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => runtime.sync.downloader.tell({ is: 'asked' })}
        >
          {t('sync.refresh')}
        </button>
      </div>
    </section>
  )
}
