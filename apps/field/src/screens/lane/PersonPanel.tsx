import {
  ambientNotes,
  documentKinds,
  evidenceKinds,
  thermometryMethods,
} from '@guankou/contract/screening/vocabulary.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activeTraveller, type Draft, type DraftTraveller, isPlated } from '#src/lane/draft.ts'
import type { DraftAction, PersonChange } from '#src/lane/draft-reducer.ts'
import { offeredOrigins } from '#src/lane/recent-origins.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { ScanDocument } from '#src/screens/capture/ScanDocument.tsx'
import { CertificateSection } from '#src/screens/certificate/CertificateSection.tsx'
import { ChooseMany, ChooseOne } from '#src/screens/chrome/ChoiceChips.tsx'
import { DocumentCheck, PhoneCheck } from './DocumentCheck.tsx'
import { ExposureEditor } from './ExposureEditor.tsx'
import { knownName } from './known-text.ts'
import { OriginSearch } from './OriginSearch.tsx'
import { personName } from './person-text.ts'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

type SectionProps = Props & { readonly change: (change: PersonChange) => void }

/** By what, and in what air: noted with the readings of this vehicle and the next ones. */
const HowMeasured = ({ draft, act }: Pick<SectionProps, 'draft' | 'act'>) => {
  const { t } = useTranslation()
  return (
    <>
      <ChooseOne
        legend={t('person.method')}
        chosen={draft.method}
        onChoose={(method) => act({ do: 'method', method })}
        choices={thermometryMethods.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
      <ChooseOne
        legend={t('second.ambient')}
        chosen={draft.ambient ?? 'none'}
        onChoose={(ambient) => act({ do: 'note', ambient: ambient === 'none' ? null : ambient })}
        choices={[
          { value: 'none' as const, label: t('second.ambientNone') },
          ...ambientNotes.map((value) => ({ value, label: t(`second.ambients.${value}`) })),
        ]}
      />
      <label className="field">
        <span>{t('second.device')}</span>
        <input
          value={draft.device ?? ''}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => act({ do: 'note', device: event.target.value })}
        />
      </label>
    </>
  )
}

const Health = ({ draft, act, workplace, change }: SectionProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const traveller = activeTraveller(draft)
  return (
    <>
      <ChooseMany
        legend={t('person.symptoms')}
        choices={workplace.rules.ruleSet.symptoms.map(({ code, name }) => ({
          value: code,
          label: name[locale],
        }))}
        chosen={traveller.symptoms}
        onChange={(symptoms) => change({ symptoms })}
      />
      <label className="switch">
        <input
          type="checkbox"
          checked={traveller.contactWithCase}
          onChange={(event) => change({ contactWithCase: event.target.checked })}
          aria-describedby="contact-hint"
        />
        <span>{t('person.contact')}</span>
      </label>
      <p id="contact-hint" className="quiet hint">
        {t('person.contactHint')}
      </p>
      <HowMeasured draft={draft} act={act} />
      <label className="switch">
        <input
          type="checkbox"
          checked={traveller.notMeasured}
          disabled={traveller.readings.length > 0}
          onChange={(event) => change({ notMeasured: event.target.checked })}
        />
        <span>{t('person.notMeasured')}</span>
      </label>
    </>
  )
}

/** Somebody who was confirmed to be here again; one tap takes that back. */
const Confirmed = ({ draft, act }: Pick<SectionProps, 'draft' | 'act'>) => {
  const { t } = useTranslation()
  const { sameAs, known, seat } = activeTraveller(draft)
  if (sameAs === undefined) return null
  return (
    <div className="notice">
      <b>{t('returning.sameAs', { name: knownName(known ?? {}) })}</b>
      <p>{t('returning.sameAsHint')}</p>
      <button type="button" className="button" onClick={() => act({ do: 'not-same', seat })}>
        {t('returning.notSame')}
      </button>
    </div>
  )
}

type PaperProps = Pick<SectionProps, 'change'> & {
  readonly traveller: DraftTraveller
  readonly day: string
}

/** A paper, or none: children and people without papers are as usual as anybody. */
const PaperFields = ({ traveller, day, change }: PaperProps) => {
  const { t } = useTranslation()
  const [isLeft, setLeft] = useState(traveller.documentNumber !== '')
  return (
    <>
      <ScanDocument change={change} />
      <ChooseOne
        legend={t('person.document')}
        chosen={traveller.documentKind}
        onChoose={(documentKind) => change({ documentKind })}
        choices={documentKinds.map((value) => ({ value, label: t(`document.${value}`) }))}
      />
      <label className="field">
        <span>{t('person.documentNumber')}</span>
        <input
          value={traveller.documentNumber}
          maxLength={32}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onFocus={() => setLeft(false)}
          onBlur={() => setLeft(true)}
          onChange={(event) => change({ documentNumber: event.target.value.toUpperCase() })}
        />
      </label>
      <DocumentCheck
        kind={traveller.documentKind}
        number={traveller.documentNumber}
        day={day}
        isLeft={isLeft}
        onNumber={(documentNumber) => change({ documentNumber })}
        onKind={(documentKind) => change({ documentKind })}
      />
    </>
  )
}

const Identity = ({ draft, act, workplace, change }: SectionProps) => {
  const { day } = workplace.rules
  const { t } = useTranslation()
  const traveller = activeTraveller(draft)
  return (
    <>
      <Confirmed draft={draft} act={act} />
      <PaperFields traveller={traveller} day={day} change={change} />
      <label className="field">
        <span>{t('person.name')}</span>
        <input
          value={traveller.name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <label className="field">
        <span>{t('person.phone')}</span>
        <input
          value={traveller.phone}
          inputMode="tel"
          maxLength={20}
          autoComplete="off"
          onChange={(event) => change({ phone: event.target.value.replace(/[^0-9+ ()-]/g, '') })}
        />
      </label>
      <PhoneCheck phone={traveller.phone} onPhone={(phone) => change({ phone })} />
    </>
  )
}

/** Somebody who is not aboard after all; asked once more, because what was entered of them goes too. */
const TakeOut = ({ draft, act }: Pick<SectionProps, 'draft' | 'act'>) => {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const { seat } = activeTraveller(draft)
  if (draft.travellers.length < 2 && draft.atPlace === undefined) return null
  return (
    <button
      type="button"
      className="button button-quiet person-remove"
      onClick={() => (asked ? act({ do: 'remove', seat }) : setAsked(true))}
    >
      {t(asked ? 'person.removeSure' : 'person.remove')}
    </button>
  )
}

/** Everything about one person but the number on the thermometer. Stands in the lane, not over it. */
export const PersonPanel = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const recent = useStore(runtime.recentOrigins)
  const traveller = activeTraveller(draft)
  const person = personName(t, traveller, { people: draft.travellers.length, plated: isPlated(draft.kind) })
  const change = (next: PersonChange): void => act({ do: 'person', seat: traveller.seat, change: next })
  return (
    <section className="person" aria-labelledby="person-title">
      <h2 id="person-title">{t('person.title', { person })}</h2>
      <Health draft={draft} act={act} workplace={workplace} change={change} />
      <ExposureEditor
        exposures={traveller.exposures}
        rules={workplace.rules}
        onChange={(exposures) => change({ exposures })}
      />
      <section className="section" aria-labelledby="origin-title">
        <h2 id="origin-title">{t('person.origin')}</h2>
        <OriginSearch
          label={t('person.originSearch')}
          offered={offeredOrigins(recent, homeOrigin(workplace.post))}
          likely={workplace.rules.ruleSet.riskAreas.map((risk) => risk.areaCode)}
          chosen={traveller.originCode}
          onChoose={(originCode) => change({ originCode })}
        />
        <ChooseOne
          legend={t('person.evidence')}
          chosen={traveller.originEvidence}
          onChoose={(originEvidence) => change({ originEvidence })}
          choices={evidenceKinds.map((value) => ({ value, label: t(`evidence.${value}`) }))}
        />
      </section>
      <CertificateSection traveller={traveller} change={change} />
      <Identity draft={draft} act={act} workplace={workplace} change={change} />
      <TakeOut key={traveller.seat} draft={draft} act={act} />
      <div className="person-done">
        <button
          type="button"
          className="button button-main"
          onClick={() => act({ do: 'panel', panel: draft.backTo ?? 'temperature' })}
        >
          {t('person.done')}
        </button>
      </div>
    </section>
  )
}
