import type { Bilingual } from './primitives.ts'

/**
 * What an installation is. `live`: a city's own data. `demo`: the synthetic city, for trying out. `drill`: a synthetic
 * city with a clock of its own beside the live one, marked on every screen and print.
 */
export const modes = ['live', 'demo', 'drill'] as const
export type Mode = (typeof modes)[number]

/** What stands on everything that a drill shows or prints; both languages, whoever reads it. */
export const drillMark: Bilingual = { zh: '演练', en: 'DRILL' }
