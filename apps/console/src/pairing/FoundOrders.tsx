import type { OrderMatch } from '@guankou/contract/pairing/look-up.ts'
import { quarantineFieldNames } from '@guankou/contract/quarantine/people.ts'
import { quarantineSiteNames, quarantineStateNames } from '@guankou/contract/quarantine/vocabulary.ts'
import { answersOfOrders } from '@guankou/domain/pairing/prepared-answer.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { AnswerButton, type AnswerTo } from '#src/pairing/AnswerButton.tsx'

const Order = ({ order, children }: { readonly order: OrderMatch; readonly children?: React.ReactNode }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { person, dayNumber: day, days, lastDay: last } = order
  return (
    <section className="pairing-found" aria-label={t('pairing.order')}>
      <h3>
        {inLocale(order.responseName, locale)} · {inLocale(quarantineSiteNames[order.site], locale)} ·{' '}
        {inLocale(order.district, locale)} ·{' '}
        <strong>
          {order.inForce ? t('pairing.orderInForce') : t('pairing.orderOver')} ·{' '}
          {inLocale(quarantineStateNames[order.state], locale)}
        </strong>
      </h3>
      <p>{t('pairing.orderDay', { day, days, last })}</p>
      <p>
        {person
          .map(({ field, masked }) => `${inLocale(quarantineFieldNames[field], locale)} ${masked}`)
          .join(' · ')}
      </p>
      {children}
    </section>
  )
}

/** Orders that were found, each with the answer it gives; where none is in force, the answer that says so. */
export const FoundOrders = ({
  orders,
  to,
}: {
  readonly orders: readonly OrderMatch[]
  readonly to: AnswerTo
}) => {
  const answers = answersOfOrders(orders)
  const none = answers.find(({ quarantineId }) => quarantineId === undefined)
  return (
    <>
      {orders.map((order) => {
        const prepared = answers.find(({ quarantineId }) => quarantineId === order.quarantineId)
        return (
          <Order key={order.quarantineId} order={order}>
            {prepared === undefined ? null : <AnswerButton to={to} prepared={prepared} />}
          </Order>
        )
      })}
      {none === undefined ? null : <AnswerButton to={to} prepared={none} />}
    </>
  )
}
