import type { CellCoverage } from '@guankou/contract/households/endpoints.ts'
import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import { householdsAt } from '@guankou/domain/households/duplicates.ts'
import { readAddress } from '@guankou/domain/households/read-address.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftPlace } from '#src/round/round-drafts.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { FoundElsewhere } from './FoundElsewhere.tsx'
import { useDraft } from './use-draft.ts'
import type { RoundAtHand } from './use-round.ts'

type Props = {
  readonly at: RoundAtHand
  readonly label: string
  readonly submit: string
  /** Asked for where the door is new. */
  readonly withCell: boolean
  /** Whose address it is: a household, or a door that is new. */
  readonly place: string
  /** @returns whether it was recorded */
  readonly onTake: (address: DoorAddress, gridCellId: number) => Promise<boolean>
}

const partNames = ['estate', 'building', 'stair', 'floor', 'door'] as const

const CellChoice = ({
  cells,
  chosen,
  onChoose,
}: {
  readonly cells: readonly CellCoverage[]
  readonly chosen: number | undefined
  readonly onChoose: (id: number) => void
}) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  return (
    <label className="field">
      <span>{t('round.cell')}</span>
      <select value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
        {cells.map((each) => (
          <option key={each.gridCellId} value={each.gridCellId}>
            {each.name[locale]}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What was read from an address, part by part. */
const ReadParts = ({ address }: { readonly address: DoorAddress }) => {
  const { t } = useTranslation()
  return (
    <p className="quiet" role="status">
      {partNames.map((part) => `${t(`round.parts.${part}`)}: ${address[part] ?? '—'}`).join(' · ')}
    </p>
  )
}

/** An address as one writes it; what is read from it is shown before anything is kept, and who lives there already. */
export const AddressForm = ({ at, label, submit, withCell, place, onTake }: Props) => {
  const { t } = useTranslation()
  const id = useId()
  const { value: text, set: setText, forget } = useDraft(at.book, draftPlace(place, 'address'), '')
  const cells = at.round?.gridCells ?? []
  const [cell, setCell] = useState(cells[0]?.gridCellId)
  const address = readAddress(text)
  const isWhole = text.trim() !== '' && address.door !== '—'
  const same = isWhole
    ? householdsAt(
        at.lines.map(({ id: householdId, address: known }) => ({ householdId, address: known })),
        address,
      )
    : []
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWhole || cell === undefined) return
        void onTake(address, cell).then((isRecorded) => {
          if (isRecorded) forget()
        })
      }}
    >
      <label className="field" htmlFor={id}>
        <span>{label}</span>
        <input
          id={id}
          value={text}
          maxLength={120}
          autoComplete="off"
          placeholder={t('round.addressExample')}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {text.trim() === '' ? null : <ReadParts address={address} />}
      <FoundElsewhere at={at} sought={isWhole ? { address } : {}} own={same} />
      {withCell && cells.length > 1 ? <CellChoice cells={cells} chosen={cell} onChoose={setCell} /> : null}
      <button type="submit" className="button button-main" disabled={!isWhole || cell === undefined}>
        {submit}
      </button>
    </form>
  )
}
