import { aislesOf, type PlaceStyle, placeAt, positionOf, styleOf } from '@guankou/domain/manifest/seats.ts'
import { type ReactNode, useEffect, useRef } from 'react'
import './seats.css'

export type SeatMark = {
  /** What is drawn on the place beside its name; colour never says it alone. */
  readonly sign: string
  readonly tone: 'free' | 'taken' | 'expected' | 'absent' | 'hot' | 'near' | 'index'
  /** What a reader hears. */
  readonly words: string
}

type Props = {
  readonly label: string
  readonly places: readonly string[]
  readonly seatsPerRow: number
  readonly rows: number
  readonly usual: PlaceStyle
  readonly current?: string | undefined
  readonly markOf: (place: string) => SeatMark
  readonly onPress?: ((place: string) => void) | undefined
}

/** Rows that are drawn beyond the last one in use, and never fewer than a coach has. */
const leastRows = 12

/** How many rows a map has to show. */
export const rowsFor = (places: readonly string[], seatsPerRow: number, beyond = 0): number =>
  Math.max(leastRows, ...places.map((place) => (positionOf(place, seatsPerRow)?.row ?? 0) + beyond))

const Place = ({
  place,
  mark,
  isCurrent,
  onPress,
}: {
  readonly place: string
  readonly mark: SeatMark
  readonly isCurrent: boolean
  readonly onPress: Props['onPress']
}) => {
  const element = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isCurrent) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const look = `place place-${mark.tone}${isCurrent ? ' place-current' : ''}`
  const face: ReactNode = (
    <>
      <b>{place}</b> <span aria-hidden="true">{mark.sign}</span>
      <span className="only-heard">{mark.words}</span>
    </>
  )
  if (onPress === undefined) return <span className={look}>{face}</span>
  return (
    <button
      ref={element}
      type="button"
      className={look}
      aria-current={isCurrent ? 'true' : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onPress(place)}
    >
      {face}
    </button>
  )
}

/** Where everyone sits: rows from the front, and the aisles between. */
export const SeatMap = ({ label, places, seatsPerRow, rows, usual, current, markOf, onPress }: Props) => {
  const style = styleOf(places, usual)
  const aisles = aislesOf(seatsPerRow)
  const across = Array.from({ length: seatsPerRow }, (_, index) => index + 1)
  const columns = across
    .flatMap((at) => ['minmax(0, 1fr)', ...(aisles.includes(at) ? ['14px'] : [])])
    .join(' ')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (axe scrollable-region-focusable)
    <section className="seat-map" aria-label={label} tabIndex={0}>
      {Array.from({ length: rows }, (_, index) => index + 1).map((row) => (
        <div key={row} className="seat-row" style={{ gridTemplateColumns: columns }}>
          {across.map((at) => {
            const place = placeAt({ row, at }, seatsPerRow, style)
            return [
              <Place
                key={place}
                place={place}
                mark={markOf(place)}
                isCurrent={place === current}
                onPress={onPress}
              />,
              aisles.includes(at) ? <i key={`${place} aisle`} aria-hidden="true" /> : null,
            ]
          })}
        </div>
      ))}
    </section>
  )
}
