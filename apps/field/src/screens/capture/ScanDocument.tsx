import type { PersonChange } from '#src/lane/draft-reducer.ts'
import { LaneScan } from './LaneScan.tsx'

/** Name and number of a person's document by camera; a name that was not read leaves the one that is there. */
export const ScanDocument = ({ change }: { readonly change: (change: PersonChange) => void }) => (
  <LaneScan
    worded
    wants={['document']}
    onRead={(result) => {
      if (result.is !== 'document') return
      const { kind, number, name } = result
      change({ documentKind: kind, documentNumber: number, ...(name === '' ? {} : { name }) })
    }}
  />
)
