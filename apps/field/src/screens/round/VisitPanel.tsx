import type { PartWork } from '@guankou/contract/households/record-household-fact.ts'
import {
  roleOfPart,
  type VisitPart,
  visitPartNames,
  visitTaskNames,
} from '@guankou/contract/households/vocabulary.ts'
import { type PartStanding, partsStanding, type Visit } from '@guankou/domain/households/visits.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { HealthPart } from './HealthPart.tsx'
import type { DoorProps } from './HouseholdScreen.tsx'
import { Outcomes } from './Outcomes.tsx'
import { PolicePart } from './PolicePart.tsx'
import { StreetPart } from './StreetPart.tsx'

export type PartProps = DoorProps & {
  readonly visit: Visit
  /** Says that the part was done. */
  readonly onDone: (work: PartWork) => void
}

const partForms = { health: HealthPart, street: StreetPart, police: PolicePart } as const

type Signer = { readonly role: (typeof roleOfPart)[VisitPart]; readonly accountId: string }

/** Whose part it is, where this phone is not theirs; left out on the own phone. */
const SignerChoice = ({
  at,
  part,
  signer,
  onChoose,
}: Pick<DoorProps, 'at'> & {
  readonly part: VisitPart
  readonly signer: Signer | undefined
  readonly onChoose: (signer: Signer) => void
}) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const role = roleOfPart[part]
  const members = (at.round?.team.members ?? []).filter((member) => member.role === role)
  if (members.length === 0) return <p className="quiet">{t('round.noMember')}</p>
  return (
    <fieldset className="choices">
      <legend>{t('round.onThisPhone')}</legend>
      <div className="choice-row">
        {members.map(({ accountId, name }) => (
          <button
            key={accountId}
            type="button"
            className="choice-button"
            aria-pressed={signer?.accountId === accountId}
            onClick={() => onChoose({ role, accountId })}
          >
            {name[locale]}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

const PartEntry = ({
  at,
  line,
  visit,
  standing,
  onOver,
}: DoorProps & { readonly visit: Visit; readonly standing: PartStanding; readonly onOver: () => void }) => {
  const { t } = useTranslation()
  const [signer, setSigner] = useState<Signer>()
  const { part, done, signed } = standing
  const isOwn = at.ownPart === part
  const by = isOwn || signer === undefined ? {} : { by: signer }
  const mayAct = isOwn || signer !== undefined
  const Form = partForms[part]
  const onDone = (work: PartWork): void => {
    if (mayAct) void at.say({ is: 'part-done', visitId: visit.id, work, ...by }, line.id)
  }
  const sign = async (): Promise<void> => {
    const made = await at.say({ is: 'visit-signed', visitId: visit.id, part, ...by }, line.id)
    if (made.is === 'recorded') onOver()
  }
  const form = <Form at={at} line={line} visit={visit} onDone={onDone} />
  return (
    <div className="round-part">
      {isOwn ? null : <SignerChoice at={at} part={part} signer={signer} onChoose={setSigner} />}
      {mayAct && done && !signed ? (
        <button type="button" className="button button-main round-sign" onClick={() => void sign()}>
          {t('round.sign')}
        </button>
      ) : null}
      {mayAct && !done ? form : null}
      {mayAct && done ? (
        <details className="round-more">
          <summary>{t('round.recordAnew')}</summary>
          {form}
        </details>
      ) : null}
    </div>
  )
}

const stateOf = ({ done, signed, needed }: PartStanding): 'signed' | 'done' | 'needed' | 'optional' => {
  if (signed) return 'signed'
  if (done) return 'done'
  return needed ? 'needed' : 'optional'
}

const tones = { signed: 'calm', done: 'advice', needed: 'look', optional: 'calm' } as const

/** The visit that is under way: the part of each of the three, on own phones or on this one, and the joint sign-off. */
export const VisitPanel = ({ at, line, visit }: DoorProps & { readonly visit: Visit }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const parts = partsStanding(at.rules.rules, visit)
  const [chosen, setChosen] = useState<VisitPart | undefined>(at.ownPart)
  const standing = parts.find(({ part }) => part === chosen)
  const join = (names: readonly string[]): string => names.join(locale === 'zh' ? '、' : ', ')
  const missing = parts.filter(({ needed, signed }) => needed && !signed)
  return (
    <div className="round-visit">
      <p>{t('round.visitFor', { tasks: join(visit.tasks.map((task) => visitTaskNames[task][locale])) })}</p>
      <fieldset className="round-part-tabs" aria-label={t('round.partsOf')}>
        {parts.map((each) => (
          <button
            key={each.part}
            type="button"
            className="button round-part-tab"
            aria-pressed={each.part === chosen}
            onClick={() => setChosen(each.part)}
          >
            <b>{visitPartNames[each.part][locale]}</b>
            <span className={`mark mark-${tones[stateOf(each)]}`}>
              {t(`round.partStates.${stateOf(each)}`)}
            </span>
          </button>
        ))}
      </fieldset>
      {standing === undefined ? null : (
        <PartEntry
          key={standing.part}
          at={at}
          line={line}
          visit={visit}
          standing={standing}
          onOver={() => setChosen(missing.find(({ part }) => part !== standing.part)?.part)}
        />
      )}
      <p className="quiet">
        {t('round.missing', { parts: join(missing.map(({ part }) => visitPartNames[part][locale])) })}
      </p>
      <details className="round-more">
        <summary>{t('round.brokenOff')}</summary>
        <Outcomes at={at} line={line} />
      </details>
    </div>
  )
}
