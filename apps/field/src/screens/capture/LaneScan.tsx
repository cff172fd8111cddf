import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaptureResult, CodeWanted } from '#src/capture/confirm.ts'
import type { CaptureWant } from '#src/capture/reading/reads.ts'
import { Icon } from '#src/screens/chrome/Icon.tsx'

/** No part of the first load. */
const ScanSheet = lazy(async () => ({ default: (await import('./ScanSheet.tsx')).ScanSheet }))

type Props = {
  readonly wants: readonly CaptureWant[]
  readonly onRead: (result: CaptureResult) => void
  /** With its words beside the sign, where there is room. */
  readonly worded?: boolean
  readonly code?: CodeWanted
  /** Given where a declared vehicle may pass at one tap; the scanner then stays open for the next. */
  readonly passUnderCelsius?: number
}

const icons = { qr: 'code', plate: 'camera', document: 'camera' } as const

/** A button for each thing that can be scanned, and the scanner it opens. */
export const LaneScan = ({ wants, onRead, worded = false, code, passUnderCelsius }: Props) => {
  const { t } = useTranslation()
  const [open, setOpen] = useState<CaptureWant>()
  const take = (result: CaptureResult): void => {
    if (result.is !== 'declaration' || result.passes !== true) setOpen(undefined)
    onRead(result)
  }
  return (
    <>
      {wants.map((want) => (
        <button
          key={want}
          type="button"
          className={worded ? 'button scan-key' : 'scan-button'}
          aria-label={t(`capture.title.${want}`)}
          onClick={() => setOpen(want)}
        >
          <Icon name={icons[want]} />
          {worded ? <span>{t(`capture.title.${want}`)}</span> : null}
        </button>
      ))}
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <ScanSheet
            want={open}
            code={code}
            onRead={take}
            onClose={() => setOpen(undefined)}
            passUnderCelsius={passUnderCelsius}
          />
        </Suspense>
      )}
    </>
  )
}
