import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { type DuplicateOffer, duplicatesOf } from '@guankou/domain/households/duplicates.ts'
import { normaliseDocumentNumber, normalisePhone } from '@guankou/domain/identity/normalise.ts'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { addressText } from './address-text.ts'
import { FoundElsewhere } from './FoundElsewhere.tsx'
import type { DoorProps } from './HouseholdScreen.tsx'
import type { MemberDraft } from './member-draft.ts'

type Props = DoorProps & {
  readonly draft: MemberDraft
  /** Who is being changed is no duplicate of themselves. */
  readonly except: string | undefined
  readonly onOver: () => void
}

const shown = 4
/** Below these the digest of a half-typed text would only be asked for in vain. */
const wholePhone = 11
const wholeDocument = 7

const soughtOf = ({ phone, documentKind, documentNumber }: MemberDraft) => {
  const number = normaliseDocumentNumber(documentNumber)
  return {
    ...(normalisePhone(phone).length >= wholePhone ? { phone: phone.trim() } : {}),
    ...(number.length >= wholeDocument
      ? { document: { kind: documentKind, number: documentNumber.trim() } }
      : {}),
  }
}

type OfferProps = DoorProps & Pick<Props, 'except' | 'onOver'> & { readonly offer: DuplicateOffer }

/** One of them: what speaks for it, and what can be done about it. */
const Offer = ({ at, line, offer, except, onOver }: OfferProps) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { householdId, person, grounds } = offer
  const home = at.lines.find(({ id }) => id === householdId)
  const place = home === undefined ? '' : addressText(home.address)
  const say = async (happening: HouseholdHappening, ofHouseholdId: string): Promise<void> => {
    const made = await at.say(happening, ofHouseholdId)
    if (made.is === 'recorded') onOver()
  }
  const moveHere = () => say({ is: 'member-moved', personId: person.id, toHouseholdId: line.id }, householdId)
  const merge = (keptId: string) => say({ is: 'members-merged', keptId, mergedId: person.id }, line.id)
  return (
    <div className="round-offer">
      <span>
        {[
          person.member.name,
          grounds.map((ground) => t(`round.grounds.${ground}`)).join('、'),
          householdId === line.id ? t('round.livesHere') : place,
        ].join(' · ')}
      </span>
      {except === undefined ? null : (
        <button type="button" className="button button-small" onClick={() => void merge(except)}>
          {t('round.samePerson')}
        </button>
      )}
      {householdId === line.id ? null : (
        <span className="button-row">
          {except === undefined ? (
            <button type="button" className="button button-small" onClick={() => void moveHere()}>
              {t('round.moveHere')}
            </button>
          ) : null}
          <button
            type="button"
            className="button button-small"
            onClick={() => void navigate({ to: '/round/$id', params: { id: householdId } })}
          >
            {t('round.found.open')}
          </button>
        </span>
      )}
    </div>
  )
}

/** People on file who may be the one that is typed: offered with what speaks for it, and nothing done by itself. */
export const DuplicateOffers = ({ at, line, draft, except, onOver }: Props) => {
  const { t } = useTranslation()
  const { name, phone, documentNumber } = draft
  const offers = duplicatesOf(at.households, { name, phone, documentNumber })
    .filter(({ person }) => person.id !== except)
    .slice(0, shown)
  return (
    <>
      {offers.length === 0 ? null : (
        <div className="notice round-found" role="status">
          <b>{t('round.maybe')}</b>
          {offers.map((offer) => (
            <Offer key={offer.person.id} at={at} line={line} offer={offer} except={except} onOver={onOver} />
          ))}
        </div>
      )}
      <FoundElsewhere at={at} sought={except === undefined ? soughtOf(draft) : {}} />
    </>
  )
}
