import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaptureResult } from '#src/capture/confirm.ts'
import type { PlateRead } from '#src/capture/reading/reads.ts'
import { displayPlate, plateColour } from '#src/lane/plate.ts'
import { ConfirmButtons } from './ConfirmButtons.tsx'
import { Sure } from './Sure.tsx'

type Props = {
  readonly read: PlateRead
  readonly onUse: (result: CaptureResult) => void
  readonly onAgain: () => void
}

/** The plate as it is painted, what else it may be, and one tap to take it. */
export const ConfirmPlate = ({ read, onUse, onAgain }: Props) => {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState(read.plate)
  const all = [{ text: read.plate, confidence: read.confidence }, ...read.others]
  const sure = all.find(({ text }) => text === chosen)?.confidence ?? 0
  const others = all.filter(({ text }) => text !== chosen)
  return (
    <div className="scan-found">
      <output className={`plate plate-${plateColour(chosen, 'car') ?? 'open'} scan-plate`}>
        {displayPlate(chosen)}
      </output>
      <Sure confidence={sure} />
      {others.length === 0 ? null : (
        <fieldset className="choices">
          <legend>{t('capture.others')}</legend>
          <div className="button-row">
            {others.map(({ text }) => (
              <button key={text} type="button" className="button" onClick={() => setChosen(text)}>
                {displayPlate(text)}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <ConfirmButtons onUse={() => onUse({ is: 'plate', plate: chosen })} onAgain={onAgain} />
    </div>
  )
}
