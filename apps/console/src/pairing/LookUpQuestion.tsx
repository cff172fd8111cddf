import {
  type LookUpPurpose,
  lookUpPurposeNames,
  lookUpPurposesOf,
} from '@guankou/contract/identity/purposes.ts'
import type { PairingFact } from '@guankou/contract/pairing/endpoints.ts'
import type { PairingLookUp } from '@guankou/contract/pairing/look-up.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { Match } from '#src/look-up/Match.tsx'
import type { AnswerTo } from '#src/pairing/AnswerButton.tsx'
import { FoundHouseholds } from '#src/pairing/FoundHouseholds.tsx'
import { FoundOrders } from '#src/pairing/FoundOrders.tsx'
import { useLookUp } from '#src/pairing/queries.ts'
import { newCommandId } from '#src/posts/command-id.ts'

const countOf = (found: PairingLookUp): number => {
  if (found.is === 'orders') return found.orders.length
  return found.is === 'households' ? found.households.length : found.matches.length
}

const Found = ({ found, to }: { readonly found: PairingLookUp; readonly to: AnswerTo }) => {
  const { t } = useTranslation()
  const count = countOf(found)
  return (
    <>
      <p role="status">
        {count === 0 ? t('pairing.foundNone') : t('pairing.found', { count })}{' '}
        {found.more ? t('pairing.more') : null}
      </p>
      {found.is === 'screenings'
        ? found.matches.map((match) => <Match key={`${match.screeningId}|${match.seat}`} match={match} />)
        : null}
      {found.is === 'orders' ? <FoundOrders orders={found.orders} to={to} /> : null}
      {found.is === 'households' ? <FoundHouseholds households={found.households} to={to} /> : null}
    </>
  )
}

type Props = { readonly pairingId: string; readonly question: PairingFact }

/** The look-up that a question is prepared for: one press, under a purpose. */
export const LookUpQuestion = ({ pairingId, question }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const failureText = useFailureText()
  const lookUp = useLookUp()
  const purposes = lookUpPurposesOf[role] ?? []
  const [purpose, setPurpose] = useState<LookUpPurpose>(purposes[0] ?? 'follow-up')
  return (
    <div>
      <label>
        {t('pairing.lookUpFor')}{' '}
        <select
          value={purpose}
          onChange={({ currentTarget }) =>
            setPurpose(purposes.find((each) => each === currentTarget.value) ?? purpose)
          }
        >
          {purposes.map((each) => (
            <option key={each} value={each}>
              {inLocale(lookUpPurposeNames[each], locale)}
            </option>
          ))}
        </select>
      </label>{' '}
      <button
        type="button"
        className="quiet-button"
        disabled={lookUp.isPending}
        onClick={() =>
          lookUp.mutate({ pairingId, id: newCommandId(Date.now()), questionId: question.id, purpose })
        }
      >
        {t('pairing.lookUp')}
      </button>
      {lookUp.isError ? <p role="alert">{failureText(lookUp.error).text}</p> : null}
      {lookUp.data === undefined ? null : (
        <Found found={lookUp.data} to={{ pairingId, questionId: question.id }} />
      )}
    </div>
  )
}
