import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** What a slip needs of a screening; no name, number or plate is printed on it. */
export type Slip = {
  readonly screeningId: string
  readonly occurredAtMs: number
  readonly seats: readonly number[]
  readonly post: string
}

/** What draws codes is no part of the first load. */
const SlipDialog = lazy(async () => ({ default: (await import('./SlipSheet.tsx')).SlipDialog }))

/** Opens the slips of a screening. */
export const SlipButton = ({ slip }: { readonly slip: Slip }) => {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
        {t('slip.open')}
      </button>
      {open ? (
        <Suspense fallback={<p role="status">{t('app.opening')}</p>}>
          <SlipDialog slip={slip} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
