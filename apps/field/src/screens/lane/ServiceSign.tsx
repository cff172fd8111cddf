import { useTranslation } from 'react-i18next'
import { type Draft, isPlated, isScheduled } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { serviceName } from './conveyance-text.ts'

type Props = { readonly draft: Draft; readonly act: (action: DraftAction) => void }

/** Which run this is, where a plate would stand; a tap returns to its form. */
export const ServiceSign = ({ draft, act }: Props) => {
  const { t } = useTranslation()
  const { kind, service } = draft
  if (isPlated(kind) || !isScheduled(kind)) return null
  const name = service === undefined ? t('seats.noService') : serviceName(t, service)
  return (
    <div className="plate-box">
      <button
        type="button"
        className="service-sign"
        aria-pressed={draft.panel === 'service'}
        onClick={() => act({ do: 'panel', panel: 'service' })}
      >
        <b>{name}</b>{' '}
        <small>
          {[t(`kind.${kind}`), ...(service === undefined ? [] : [service.departsOn])].join(' · ')}
        </small>
      </button>
    </div>
  )
}
