import { type SupplyItem, supplyItems, supplyNames } from '@guankou/contract/posts/vocabulary.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseOne } from '../chrome/ChoiceChips.tsx'
import type { PostAtHand } from './use-post-desk.ts'

type Props = { readonly at: PostAtHand }

const acts = [
  ['supply-counted', 'posts.supplies.count'],
  ['supply-requested', 'posts.supplies.request'],
  ['supply-received', 'posts.supplies.receive'],
  ['supply-low-at', 'posts.supplies.lowAt'],
] as const

const Say = ({ at }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const id = useId()
  const [item, setItem] = useState<SupplyItem>('masks')
  const [typed, setTyped] = useState('')
  const quantity = /^\d{1,5}$/.test(typed) ? Number(typed) : undefined
  return (
    <div className="form">
      <ChooseOne
        legend={t('posts.supplies.item')}
        chosen={item}
        onChoose={setItem}
        choices={supplyItems.map((value) => ({ value, label: supplyNames[value][locale] }))}
      />
      <label className="field" htmlFor={id}>
        <span>{t('posts.supplies.quantity')}</span>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <div className="post-steps post-steps-wide">
        {acts
          .filter(([is]) => is !== 'supply-low-at' || at.isLead)
          .map(([is, label]) => (
            <button
              key={is}
              type="button"
              className="button"
              disabled={quantity === undefined}
              onClick={async () => {
                if (quantity === undefined) return
                const made = await at.say({ is, item, quantity })
                if (made.is === 'recorded') setTyped('')
              }}
            >
              {t(label)}
            </button>
          ))}
      </div>
    </div>
  )
}

/** What there is, what is low, what is on its way. */
export const SuppliesTab = ({ at }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { supplies } = at.running
  return (
    <>
      {supplies.length === 0 ? <p>{t('posts.supplies.none')}</p> : null}
      <ul className="rows">
        {supplies.map(({ item, quantity, isLow, awaited }) => (
          <li key={item} className="row row-flat post-supply">
            <b>{supplyNames[item][locale]}</b>
            <span>
              {quantity === null ? t('posts.supplies.unknown') : t('posts.supplies.left', { n: quantity })}
              {awaited > 0 ? ` · ${t('posts.supplies.awaited', { n: awaited })}` : ''}{' '}
              {isLow ? <span className="mark mark-look">{t('posts.supplies.low')}</span> : null}
            </span>
          </li>
        ))}
      </ul>
      <Say at={at} />
    </>
  )
}
