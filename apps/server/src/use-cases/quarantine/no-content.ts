import { createHash } from 'node:crypto'

/** Of what the server adds by itself, which nobody sends again. */
export const noContent = createHash('sha256').digest()
