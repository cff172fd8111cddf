import { type DeclaredStay, mostDeclaredStays } from '@guankou/contract/declarations/declaration.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { useId, useState } from 'react'
import { PlacePicker, placeName } from '#src/declare/PlacePicker.tsx'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { fill, type Language } from '#src/texts/text.ts'

type Props = {
  readonly stays: readonly DeclaredStay[]
  readonly texts: DeclareTexts
  readonly language: Language
  /** Areas at risk, which are asked about first. */
  readonly offered: readonly number[]
  readonly riskAreas: readonly RiskArea[]
  readonly today: string
  readonly windowDays: number
  readonly onChange: (stays: readonly DeclaredStay[]) => void
}

const Adder = ({ texts, language, offered, riskAreas, today, windowDays, stays, onChange }: Props) => {
  const id = useId()
  const [areaCode, setAreaCode] = useState<number | null>(null)
  const [leftOn, setLeftOn] = useState(today)
  const add = (): void => {
    if (areaCode === null || leftOn === '') return
    onChange([...stays.filter((stay) => stay.areaCode !== areaCode), { areaCode, leftOn }])
    setAreaCode(null)
  }
  return (
    <>
      <PlacePicker
        {...{ texts, language, offered, riskAreas }}
        label={texts.place}
        chosen={areaCode}
        onChoose={setAreaCode}
      />
      {areaCode === null ? null : (
        <>
          <label htmlFor={id}>{texts.leftOn}</label>
          <input
            id={id}
            type="date"
            value={leftOn}
            min={addDays(today, -windowDays)}
            max={today}
            onChange={(event) => setLeftOn(event.target.value)}
          />
          <button type="button" className="second" disabled={leftOn === ''} onClick={add}>
            {texts.addStay}
          </button>
        </>
      )}
    </>
  )
}

/** Where somebody stayed in the window, each with the day they left. */
export const StaysField = (props: Props) => {
  const { stays, texts, language, riskAreas, onChange } = props
  return (
    <>
      {stays.length === 0 ? <p className="quiet">{texts.noStay}</p> : null}
      <ul className="stays">
        {stays.map(({ areaCode, leftOn }) => (
          <li key={areaCode}>
            <span>{fill(texts.stay, { place: placeName(areaCode, language, riskAreas), day: leftOn })}</span>
            <button
              type="button"
              onClick={() => onChange(stays.filter((stay) => stay.areaCode !== areaCode))}
            >
              {fill(texts.removeStay, { place: placeName(areaCode, language, riskAreas) })}
            </button>
          </li>
        ))}
      </ul>
      {stays.length < mostDeclaredStays ? <Adder {...props} /> : null}
    </>
  )
}
