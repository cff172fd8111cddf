import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Room, readRoom, requestPersistence } from '#src/storage/room.ts'

/** How much the phone holds, and whether the browser may clear it. */
export const StorageSection = () => {
  const { t } = useTranslation()
  const [room, setRoom] = useState<Room>()
  const read = useCallback(async () => setRoom(await readRoom()), [])
  useEffect(() => void read(), [read])
  return (
    <section className="section" aria-labelledby="storage-title">
      <h2 id="storage-title">{t('settings.storage')}</h2>
      <dl className="facts">
        <dt>{t('settings.storageUsed')}</dt>
        <dd>
          {room === undefined
            ? '—'
            : t('settings.storageValue', {
                used: room.usedMegabytes.toFixed(1),
                quota: Math.round(room.quotaMegabytes),
              })}
        </dd>
        <dt>{t('settings.persisted')}</dt>
        <dd>{room?.persisted === true ? t('settings.persistedYes') : t('settings.persistedNo')}</dd>
      </dl>
      {room?.persisted === true ? null : (
        <button
          type="button"
          className="button"
          onClick={async () => {
            await requestPersistence()
            await read()
          }}
        >
          {t('settings.persistAsk')}
        </button>
      )}
    </section>
  )
}
