import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { searchOrigins } from '@guankou/geodata/divisions/search-origins.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { areaText, namedAreas } from '#src/lane/area-text.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'

type Props = {
  readonly label: string
  /** At hand before anything is typed. */
  readonly offered: readonly number[]
  readonly chosen: number | undefined
  /** Come first among equal matches, like those at hand. */
  readonly likely?: readonly number[]
  /** Areas finer than divisions that may be meant as well; a journey never begins in one, so that origins have none. */
  readonly riskAreas?: readonly RiskArea[]
  readonly onChoose: (code: number) => void
}

const shown = 8

/** A place: one tap for those at hand, a few letters for all others. */
export const OriginSearch = ({ label, offered, chosen, likely = [], riskAreas = [], onChoose }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const [query, setQuery] = useState('')
  const weightOf = (code: number): number => (likely.includes(code) || offered.includes(code) ? 1 : 0)
  const streets = namedAreas(query, riskAreas, shown)
  const origins = searchOrigins(query, { limit: shown - streets.length, weightOf }).map((each) => each.code)
  const found = query.trim() === '' ? offered : [...streets, ...origins]
  const codes = chosen === undefined || query !== '' || found.includes(chosen) ? found : [chosen, ...found]
  return (
    <div className="origin">
      <label className="field">
        <span>{label}</span>
        <input
          type="search"
          value={query}
          autoComplete="off"
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      <div className="choice-row">
        {codes.map((code) => (
          <button
            key={code}
            type="button"
            className="choice-button"
            aria-pressed={code === chosen}
            onClick={() => {
              onChoose(code)
              setQuery('')
            }}
          >
            {areaText(code, riskAreas, locale)}
          </button>
        ))}
      </div>
      {codes.length === 0 ? <p className="quiet">{t('person.originNone')}</p> : null}
    </div>
  )
}
