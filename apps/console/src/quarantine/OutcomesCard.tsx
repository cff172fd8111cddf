import type { QuarantineBoard } from '@guankou/contract/quarantine/views.ts'
import { quarantineStateNames, releaseReasonNames } from '@guankou/contract/quarantine/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

const names = { ...releaseReasonNames, moved: quarantineStateNames.moved }
const order = ['completed', 'early', 'case', 'moved', 'mistake', 'other'] as const

/** What became of the episodes that ended, of those that the board lists. */
export const OutcomesCard = ({ board }: { readonly board: QuarantineBoard }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const total = order.reduce((sum, outcome) => sum + board.endings[outcome], 0)
  return (
    <Card title={t('quarantine.outcomes')} note={t('quarantine.outcomesNote', { count: total })}>
      <dl className="outcome-list">
        {order.map((outcome) => (
          <div key={outcome}>
            <dt>{inLocale(names[outcome], locale)}</dt>
            <dd>{board.endings[outcome]}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
