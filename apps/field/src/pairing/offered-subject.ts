import type { PairingSubject } from '@guankou/contract/pairing/endpoints.ts'
import { createStore } from '#src/runtime/store.ts'

/** What somebody stood before when they went to ask their partner, and the way back there. */
export type OfferedSubject = { readonly subject: PairingSubject; readonly backTo: string }

/** In memory alone, until it is told or somebody comes from elsewhere. */
export const offeredSubject = createStore<OfferedSubject | undefined>(undefined)
