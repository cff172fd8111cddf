import { type DeclaredStay, mostDeclaredStays } from '@guankou/contract/declarations/declaration.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { useId } from 'react'
import { PlacePicker, placeName } from '#src/declare/PlacePicker.tsx'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { fill, type Language } from '#src/texts/text.ts'

type Props = {
  readonly stays: readonly DeclaredStay[]
  readonly typed: string
  readonly texts: DeclareTexts
  readonly language: Language
  /** Areas at risk, which are asked about first. */
  readonly offered: readonly number[]
  readonly riskAreas: readonly RiskArea[]
  readonly today: string
  readonly windowDays: number
  readonly onChange: (change: { stays?: readonly DeclaredStay[]; stayTyped?: string }) => void
}

type StayProps = Pick<Props, 'texts' | 'today' | 'windowDays'> & {
  readonly place: string
  readonly leftOn: string
  readonly onDay: (leftOn: string) => void
  readonly onRemove: () => void
}

/** One place with the day it was left, which can be put right where it stands. */
const Stay = ({ place, leftOn, texts, today, windowDays, onDay, onRemove }: StayProps) => {
  const id = useId()
  return (
    <li>
      <b>{place}</b>
      <button type="button" aria-label={fill(texts.removeStay, { place })} onClick={onRemove}>
        {texts.remove}
      </button>
      <label htmlFor={id}>{texts.leftOn}</label>
      <input
        id={id}
        type="date"
        value={leftOn}
        min={addDays(today, -windowDays)}
        max={today}
        aria-label={fill(texts.leftPlaceOn, { place })}
        onChange={(event) => onDay(event.target.value)}
      />
    </li>
  )
}

/** Where somebody stayed in the window: a tap on a place notes it, today as the day they left until they say another. */
export const StaysField = (props: Props) => {
  const { stays, typed, texts, language, offered, riskAreas, today, windowDays, onChange } = props
  const without = (areaCode: number): readonly DeclaredStay[] =>
    stays.filter((stay) => stay.areaCode !== areaCode)
  return (
    <>
      {stays.length === 0 && typed.trim() === '' ? <p className="quiet">{texts.noStay}</p> : null}
      <ul className="stays">
        {stays.map(({ areaCode, leftOn }) => (
          <Stay
            key={areaCode}
            {...{ leftOn, texts, today, windowDays }}
            place={placeName(areaCode, language, riskAreas)}
            onDay={(day) =>
              onChange({
                stays: stays.map((stay) => (stay.areaCode === areaCode ? { areaCode, leftOn: day } : stay)),
              })
            }
            onRemove={() => onChange({ stays: without(areaCode) })}
          />
        ))}
      </ul>
      {stays.length < mostDeclaredStays ? (
        <PlacePicker
          {...{ texts, language, riskAreas, typed }}
          offered={offered.filter((code) => stays.every(({ areaCode }) => areaCode !== code))}
          label={texts.place}
          chosen={null}
          onType={(stayTyped) => onChange({ stayTyped })}
          onChoose={(areaCode) => {
            if (areaCode !== null)
              onChange({ stays: [...without(areaCode), { areaCode, leftOn: today }], stayTyped: '' })
          }}
        />
      ) : null}
    </>
  )
}
