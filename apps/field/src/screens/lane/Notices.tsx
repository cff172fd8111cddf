import { errors } from '@guankou/contract/errors.ts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isUntouched } from '#src/lane/draft.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { useUnnamed } from '#src/screens/use-unnamed.ts'
import { clockText } from './clock-text.ts'

const StorageFullNotice = () => {
  const { t } = useTranslation()
  const { lane } = useField()
  const [freed, setFreed] = useState<number>()
  return (
    <div className="notice notice-act" role="alert">
      <b>{t('state.fullTitle')}</b>
      <p>{t('state.fullText')}</p>
      {freed === undefined ? null : <p>{t('state.fullFreed', { count: freed })}</p>}
      <button type="button" className="button" onClick={async () => setFreed(await lane.freeRoom())}>
        {t('state.fullFree')}
      </button>
    </div>
  )
}

const TroubleNotice = () => {
  const { t } = useTranslation()
  const { lane, settings } = useField()
  const { locale } = useStore(settings)
  const trouble = useStore(lane.trouble)
  if (trouble === undefined) return null
  if (trouble.is === 'storage-full') return <StorageFullNotice />
  return (
    <p className="notice notice-act" role="alert">
      {trouble.is === 'undo-too-late'
        ? t('lane.undoTooLate')
        : `${t('lane.refused')} ${errors[trouble.code].text[locale]}`}
    </p>
  )
}

/** The app took a new version; offered only between vehicles. */
const UpdateNotice = () => {
  const { t } = useTranslation()
  const { lane, update } = useField()
  const take = useStore(update)
  const draft = useStore(lane.draft)
  if (take === undefined || (draft !== undefined && !isUntouched(draft))) return null
  return (
    <div className="notice notice-row notice-slim">
      <span>{t('app.update')}</span>
      <button type="button" className="button button-small" onClick={take}>
        {t('app.updateNow')}
      </button>
    </div>
  )
}

/** Somebody has to be asked again; gone once Records were looked at. */
const UnnamedNotice = () => {
  const { t } = useTranslation()
  const seen = useStore(useField().lane.unnamedSeen)
  const count = useUnnamed().filter(({ id }) => !seen.has(id)).length
  if (count === 0) return null
  return (
    <div className="notice notice-row notice-slim" role="status">
      <span>{t('returning.unnamedNotice', { count })}</span>
      <Link to="/records" className="button button-small">
        {t('state.seeRecords')}
      </Link>
    </div>
  )
}

/** What goes on beside a running entry is said above it, never over it. */
export const Notices = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const { upload, skewMs } = useStore(runtime.sync.view)
  return (
    <>
      <TroubleNotice />
      {upload.state === 'signed-out' ? (
        <div className="notice notice-row notice-slim" role="status">
          <span>{t('state.sessionText')}</span>
          <Link to="/sign-in" className="button button-small">
            {t('state.signIn')}
          </Link>
        </div>
      ) : null}
      {upload.state === 'device-revoked' ? (
        <p className="notice notice-act" role="status">
          {t('state.revokedText')}
        </p>
      ) : null}
      {upload.state === 'clock-wrong' ? (
        <p className="notice notice-act" role="status">
          {clockText(t, skewMs)}
        </p>
      ) : null}
      <UnnamedNotice />
      <UpdateNotice />
    </>
  )
}
