import type { TFunction } from 'i18next'
import type { SyncView } from '#src/sync/field-sync.ts'

/** What the upload machine is doing, in words. */
export const syncText = (t: TFunction, { upload, counts }: SyncView): string => {
  if (upload.state === 'sending') return t('sync.sendingState')
  if (upload.state === 'idle' && counts.waiting > 0) return t('sync.resting')
  return t(`sync.${upload.state}`)
}
