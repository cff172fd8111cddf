import { withCertificate } from '#src/lane/certificates.ts'
import { activeTraveller, isPlated } from '#src/lane/draft.ts'
import { useField } from '#src/runtime/field-context.ts'
import { type DeclarationPart, takeDeclaration } from '#src/screens/declarations/declaration-part.ts'
import { afterPlate } from '#src/screens/lane/KnownMatches.tsx'
import { LaneScan } from './LaneScan.tsx'

/** Beside the plate: a code of a declaration, and the plate by camera where what came has one. */
export const ScanVehicle = (part: DeclarationPart) => {
  const { lane } = useField()
  return (
    <LaneScan
      wants={isPlated(part.draft.kind) ? ['qr', 'plate'] : ['qr']}
      passUnderCelsius={part.rules.ruleSet.feverThresholdCelsius}
      onRead={(result) => {
        if (result.is === 'plate') {
          part.act({ do: 'plate-read', plate: result.plate })
          part.act({ do: 'panel', panel: afterPlate(part.draft, lane.known.current.get()) })
        }
        if (result.is === 'declaration') takeDeclaration(part, result.issued, result.passes === true)
        if (result.is === 'certificate') {
          const { seat, certificates } = activeTraveller(part.draft)
          part.act({
            do: 'person',
            seat,
            change: { certificates: withCertificate(certificates, result.shown) },
          })
        }
      }}
    />
  )
}
