import type { CellCoverage } from '@guankou/contract/households/endpoints.ts'
import { floorNumber } from '@guankou/domain/households/walk-key.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DoorLine, DoorState } from '#src/round/doors.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { addressText, buildingText } from './address-text.ts'
import { toneOfDoor } from './DoorList.tsx'
import type { RoundAtHand } from './use-round.ts'

/** A sign beside the colour, so that colour alone says nothing. */
const signs: Readonly<Record<DoorState, string>> = {
  visiting: '…',
  due: '',
  again: '↻',
  later: '◷',
  ended: '!',
  complete: '✓',
  idle: '·',
}

const Facade = ({ name, lines }: { readonly name: string; readonly lines: readonly DoorLine[] }) => {
  const { t } = useTranslation()
  const floors = [...Map.groupBy(lines, ({ address }) => floorNumber(address.floor))].sort(
    ([a], [b]) => b - a,
  )
  return (
    <section className="round-facade">
      <h2 className="round-building">{name}</h2>
      <ul>
        {floors.map(([floor, own]) => (
          <li key={floor} className="round-floor">
            <span className="quiet">{t('round.floor', { n: floor })}</span>
            <span className="round-floor-doors">
              {own.map((line) => (
                <Link
                  key={line.id}
                  to="/round/$id"
                  params={{ id: line.id }}
                  className={`round-cell mark-${toneOfDoor[line.state]}`}
                  aria-label={`${addressText(line.address)}: ${t(`round.states.${line.state}`)}`}
                >
                  {line.address.door}
                  {signs[line.state] === '' ? '' : ` ${signs[line.state]}`}
                </Link>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((100 * part) / whole))

const Cell = ({ cell }: { readonly cell: CellCoverage }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { doors, due, completeToday, households, triedToday } = cell
  const known = share(doors, households)
  return (
    <section className="round-coverage">
      <h2>{cell.name[locale]}</h2>
      <p>{t('round.coverage.known', { doors, households, percent: known })}</p>
      <meter min={0} max={Math.max(1, households)} value={Math.min(doors, households)}>
        {known} %
      </meter>
      <p>{t('round.coverage.today', { complete: completeToday, tried: triedToday, due })}</p>
    </section>
  )
}

/** Doors of this team as a drawing of each building, and how far each grid cell has come over all teams. */
export const DoorMap = ({ at }: { readonly at: RoundAtHand }) => {
  const { t } = useTranslation()
  const buildings = [...Map.groupBy(at.lines, ({ address }) => buildingText(address))]
  return (
    <>
      {(at.round?.gridCells ?? []).map((cell) => (
        <Cell key={cell.gridCellId} cell={cell} />
      ))}
      <p className="quiet">{t('round.mapHint')}</p>
      {buildings.map(([name, lines]) => (
        <Facade key={name} name={name} lines={lines} />
      ))}
    </>
  )
}
