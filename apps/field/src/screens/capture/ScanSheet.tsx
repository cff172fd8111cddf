import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaptureResult, CodeWanted } from '#src/capture/confirm.ts'
import { bytesOf, textParts } from '#src/capture/parts/capture-files.ts'
import type { CaptureWant } from '#src/capture/reading/reads.ts'
import { ConfirmCode } from './ConfirmCode.tsx'
import { ConfirmDocument } from './ConfirmDocument.tsx'
import { ConfirmPlate } from './ConfirmPlate.tsx'
import { megabytes } from './megabytes.ts'
import { type ScanState, useScan } from './use-scan.ts'

export type ScanSheetProps = {
  readonly want: CaptureWant
  /** Which code, where one is wanted; a declaration where nothing is said. */
  readonly code?: CodeWanted | undefined
  /** Called with what a person has confirmed; the sheet does not close by itself. */
  readonly onRead: (result: CaptureResult) => void
  readonly onClose: () => void
  readonly passUnderCelsius?: number | undefined
}

const LightSwitch = ({ light }: { readonly light: (on: boolean) => Promise<void> }) => {
  const { t } = useTranslation()
  const [on, setOn] = useState(false)
  const toggle = (): void => {
    setOn(!on)
    light(!on).catch(() => setOn(on))
  }
  return (
    <button type="button" className="button" aria-pressed={on} onClick={toggle}>
      {t('capture.light')}
    </button>
  )
}

/** What the scanner is doing, in words; read out as it changes. */
const StateLine = ({ state, want }: { readonly state: ScanState; readonly want: CaptureWant }) => {
  const { t } = useTranslation()
  const words = ((): string => {
    if (state.is === 'no-picture') return t(`capture.problem.${state.problem}`)
    if (state.is === 'no-reader') return t('capture.loadFailed')
    if (state.is === 'asking') return t('capture.missing', { size: megabytes(bytesOf(textParts)) })
    if (state.is === 'looking') return t(`capture.aim.${want}`)
    if (state.is !== 'loading') return ''
    const { progress } = state
    if (progress === undefined || progress.doneBytes >= progress.ofBytes) return t('capture.starting')
    return t('capture.loading', { done: megabytes(progress.doneBytes), of: megabytes(progress.ofBytes) })
  })()
  const isTrouble = state.is === 'no-picture' || state.is === 'no-reader'
  return (
    <p role="status" className={isTrouble ? 'notice notice-look' : 'scan-words'}>
      {words}
    </p>
  )
}

const View = ({
  video,
  want,
  state,
}: {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly want: CaptureWant
  readonly state: ScanState
}) => {
  const { t } = useTranslation()
  const isShown = state.is !== 'found' && state.is !== 'no-picture'
  return (
    <div className="scan-view" hidden={!isShown}>
      <video ref={video} autoPlay muted playsInline aria-label={t('capture.view')} />
      <div className={`scan-aim scan-aim-${want}`} aria-hidden="true" />
    </div>
  )
}

const Confirm = ({
  state,
  code,
  again,
  onRead,
  passUnderCelsius,
}: {
  readonly code: CodeWanted | undefined
  readonly state: ScanState & { readonly is: 'found' }
  readonly again: () => void
  readonly onRead: ScanSheetProps['onRead']
  readonly passUnderCelsius: number | undefined
}) => {
  const { read } = state
  if (read.is === 'plate') return <ConfirmPlate read={read} onUse={onRead} onAgain={again} />
  if (read.is === 'document') return <ConfirmDocument read={read} onUse={onRead} onAgain={again} />
  // A vehicle that passes makes room for the next one's code: the camera stays open.
  const use = (result: CaptureResult): void => {
    onRead(result)
    if (result.is === 'declaration' && result.passes === true) again()
  }
  return (
    <ConfirmCode
      read={read}
      {...(code === undefined ? {} : { wanted: code })}
      onUse={use}
      onAgain={again}
      passUnderCelsius={passUnderCelsius}
    />
  )
}

/**
 * The camera over the lane: looks until what it sees is agreed on, shows it to be confirmed, and hands on only that. Typing is
 * one tap away in every state.
 */
export const ScanSheet = ({ want, code, onRead, onClose, passUnderCelsius }: ScanSheetProps) => {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const { video, state, light, load, again } = useScan(want)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="scan" aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>{t(`capture.title.${want}`)}</h2>
      <View video={video} want={want} state={state} />
      {state.is === 'found' ? (
        <Confirm
          state={state}
          code={code}
          again={again}
          onRead={onRead}
          passUnderCelsius={passUnderCelsius}
        />
      ) : (
        <>
          <StateLine state={state} want={want} />
          {state.is === 'asking' ? (
            <button type="button" className="button button-main" onClick={() => void load()}>
              {t('capture.load')}
            </button>
          ) : null}
        </>
      )}
      <div className="scan-foot">
        {light === undefined || state.is !== 'looking' ? null : <LightSwitch light={light} />}
        <button type="button" className="button" onClick={onClose}>
          {t('capture.typeInstead')}
        </button>
      </div>
      <p className="quiet scan-private">{t('capture.private')}</p>
    </dialog>
  )
}
