import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { areaName } from '@guankou/geodata/divisions/area-name.ts'
import { searchOrigins } from '@guankou/geodata/divisions/search-origins.ts'
import { useId, useState } from 'react'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { fill, type Language } from '#src/texts/text.ts'

const shown = 8

/** Streets have no names here but those that risk areas bring; one without is told by what is around it and its code. */
export const placeName = (code: number, language: Language, riskAreas: readonly RiskArea[] = []): string =>
  riskAreas.find(({ areaCode, name }) => areaCode === code && name !== undefined && code > 999_999)?.name?.[
    language
  ] ?? areaName(code, language)

type Props = {
  readonly label: string
  readonly texts: DeclareTexts
  readonly language: Language
  /** At hand before anything is typed. */
  readonly offered: readonly number[]
  readonly riskAreas?: readonly RiskArea[]
  readonly chosen: number | null
  readonly onChoose: (code: number | null) => void
  /** What was typed and not chosen from, where it is kept outside. */
  readonly typed?: string
  readonly onType?: (typed: string) => void
}

const Search = ({
  label,
  texts,
  language,
  offered,
  riskAreas,
  onChoose,
  typed,
  onType,
}: Omit<Props, 'chosen'>) => {
  const id = useId()
  const [own, setOwn] = useState('')
  const query = typed ?? own
  const isAsked = query.trim() !== ''
  const codes = isAsked ? searchOrigins(query, { limit: shown }).map(({ code }) => code) : offered
  return (
    <div className="place">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={query}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        maxLength={60}
        onChange={(event) => (onType ?? setOwn)(event.target.value)}
      />
      <p id={`${id}-hint`} className="hint">
        {texts.placeHint}
      </p>
      <div className="choices">
        {codes.map((code) => (
          <button key={code} type="button" onClick={() => onChoose(code)}>
            {placeName(code, language, riskAreas)}
          </button>
        ))}
      </div>
      <p role="status">{isAsked && codes.length === 0 ? texts.placeNone : ''}</p>
    </div>
  )
}

/** A city or a country: a few letters, then one tap; the choice stands there until it is changed. */
export const PlacePicker = (props: Props) => {
  const { texts, language, riskAreas, chosen, onChoose } = props
  if (chosen === null) return <Search {...props} />
  return (
    <p className="chosen">
      <span>{fill(texts.chosen, { place: placeName(chosen, language, riskAreas) })}</span>
      <button type="button" onClick={() => onChoose(null)}>
        {texts.change}
      </button>
    </p>
  )
}
