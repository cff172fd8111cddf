import type { Exposure } from '@guankou/contract/screening/record-screening.ts'
import { type EvidenceKind, evidenceKinds } from '@guankou/contract/screening/vocabulary.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { areaText } from '#src/lane/area-text.ts'
import type { RulesInForce } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseOne } from '#src/screens/chrome/ChoiceChips.tsx'
import { OriginSearch } from './OriginSearch.tsx'

type Props = {
  readonly exposures: readonly Exposure[]
  readonly rules: RulesInForce
  readonly onChange: (exposures: readonly Exposure[]) => void
}

type AdderProps = { readonly rules: RulesInForce; readonly onAdd: (exposure: Exposure) => void }

const Adder = ({ rules, onAdd }: AdderProps) => {
  const { t } = useTranslation()
  const [areaCode, setAreaCode] = useState<number>()
  const [leftOn, setLeftOn] = useState(rules.day)
  const [evidence, setEvidence] = useState<EvidenceKind>('declared')
  const areas = [...new Set(rules.ruleSet.riskAreas.map((risk) => risk.areaCode))]
  return (
    <div className="adder">
      <OriginSearch
        label={t('person.exposureSearch')}
        offered={areas.slice(0, 12)}
        riskAreas={rules.ruleSet.riskAreas}
        chosen={areaCode}
        onChoose={setAreaCode}
      />
      {areaCode === undefined ? null : (
        <>
          <label className="field">
            <span>{t('person.exposureLeft')}</span>
            <input
              type="date"
              value={leftOn}
              max={rules.day}
              onChange={(event) => setLeftOn(event.target.value)}
            />
          </label>
          <ChooseOne
            legend={t('person.evidence')}
            chosen={evidence}
            onChoose={setEvidence}
            choices={evidenceKinds.map((value) => ({ value, label: t(`evidence.${value}`) }))}
          />
          <button
            type="button"
            className="button"
            disabled={leftOn === ''}
            onClick={() => {
              onAdd({ areaCode, leftOn, evidence })
              setAreaCode(undefined)
            }}
          >
            {t('person.exposureAdd')}
          </button>
        </>
      )}
    </div>
  )
}

/** Where a person was in the window, with the day they left and what it rests on. */
export const ExposureEditor = ({ exposures, rules, onChange }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const nameOf = (code: number): string => areaText(code, rules.ruleSet.riskAreas, locale)
  return (
    <section className="section" aria-labelledby="exposures-title">
      <h2 id="exposures-title">{t('person.exposure', { days: rules.ruleSet.exposureWindowDays })}</h2>
      {exposures.length === 0 ? <p className="quiet">{t('person.exposureNone')}</p> : null}
      <ul className="rows">
        {exposures.map((exposure, index) => (
          <li key={`${exposure.areaCode}-${exposure.leftOn}`} className="row row-flat">
            <span>
              {t('person.exposureLine', {
                area: nameOf(exposure.areaCode),
                date: exposure.leftOn,
                evidence: t(`evidence.${exposure.evidence}`),
              })}
            </span>
            <button
              type="button"
              className="button button-small"
              onClick={() => onChange(exposures.filter((_, at) => at !== index))}
            >
              {t('person.exposureRemove', { area: nameOf(exposure.areaCode) })}
            </button>
          </li>
        ))}
      </ul>
      <Adder
        rules={rules}
        onAdd={(exposure) =>
          onChange([
            ...exposures.filter(
              (each) => each.areaCode !== exposure.areaCode || each.leftOn !== exposure.leftOn,
            ),
            exposure,
          ])
        }
      />
    </section>
  )
}
