import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'

/** The door within its building: `2单元 · 5层 · 501`. */
export const doorText = ({ stair, door }: DoorAddress): string =>
  [stair, door].filter((part) => part !== undefined).join(' ')

/** The building, or the estate where it has none. */
export const buildingText = ({ estate, building }: DoorAddress): string =>
  [estate, building].filter((part) => part !== undefined).join(' ')

export const addressText = (address: DoorAddress): string => `${buildingText(address)} ${doorText(address)}`
