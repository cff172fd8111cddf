import { plateProvinceCharacters } from '@guankou/geodata/plates/plate-region.ts'

export const plateForms = [
  'ordinary',
  'new-energy-small',
  'new-energy-large',
  'police',
  'trailer',
  'learner',
  'trial',
  'oversize',
  'temporary',
  'emergency',
  'hong-kong',
  'macao',
  'embassy',
  'consulate',
  'military',
  'armed-police',
  'tractor',
  'elsewhere',
] as const
export type PlateForm = (typeof plateForms)[number]

/** Ground of a plate; `sky-blue` and `ochre` are the papers of temporary ones. */
export type PlateColour =
  | 'blue'
  | 'yellow'
  | 'green'
  | 'yellow-green'
  | 'white'
  | 'black'
  | 'sky-blue'
  | 'ochre'

export type PlateRule = {
  readonly form: PlateForm
  readonly pattern: RegExp
  /** Grounds it may have, the commonest first; none where nothing is prescribed. */
  readonly colours: readonly PlateColour[]
}

const province = `[${plateProvinceCharacters().join('')}]`
/** Province and issuing office. I stands for no office; O was that of the police. */
const office = `${province}[A-HJ-NP-Z]`
/** A place of a serial: I and O are left out because they read as 1 and 0. */
const place = '[A-HJ-NP-Z0-9]'
/** 粤Z is painted on cross-border plates alone, which end in 港 or 澳. */
const usualOffice = `(?:${province.replace('粤', '')}[A-HJ-NP-Z]|粤[A-HJ-NP-Y])`
const battery = 'DABCE'
const otherEnergy = 'FGHJK'
const energy = `[${battery}${otherEnergy}]`

const rule = (form: PlateForm, pattern: string, colours: readonly PlateColour[]): PlateRule => ({
  form,
  pattern: new RegExp(`^${pattern}$`, 'u'),
  colours,
})

/**
 * Plates by their form, no two of which overlap.
 * Source: GA 36-2018 and its amendment for civil plates, among them new energy (D, A, B, C, E run on batteries, F, G, H, J, K
 * on other energy; in front on small vehicles, at the end on large ones), cross-border, embassy and emergency plates;
 * NY 345.1-2005 for tractors; the forms of 2012 (military) and 2013 (armed police) as they are on the roads.
 */
export const plateRules: readonly PlateRule[] = [
  rule('ordinary', `${usualOffice}${place}{5}`, ['blue', 'yellow']),
  rule('new-energy-small', `${office}${energy}${place}\\d{4}`, ['green']),
  rule('new-energy-large', `${office}\\d{5}${energy}`, ['yellow-green']),
  rule('police', `${province}[A-HJ-Z]${place}{4}警`, ['white']),
  rule('trailer', `${office}${place}{4}挂`, ['yellow']),
  rule('learner', `${office}${place}{4}学`, ['yellow']),
  rule('trial', `${office}${place}{4}试`, ['ochre']),
  rule('oversize', `${office}${place}{4}超`, ['ochre']),
  rule('temporary', `${office}${place}{4,5}临`, ['sky-blue', 'ochre']),
  rule('emergency', `${province}[SX]${place}\\d{3}应急`, ['white']),
  rule('hong-kong', `粤Z${place}{4}港`, ['black']),
  rule('macao', `粤Z${place}{4}澳`, ['black']),
  rule('embassy', '(?:使\\d{6}|\\d{6}使)', ['black']),
  rule('consulate', `${office}\\d{4,5}领`, ['black']),
  rule('military', '(?:[A-HJ-NP-VX-Z][A-HJ-NP-Z]|W[A-HK-NP-Z])\\d{5}', ['white']),
  rule('armed-police', `WJ${province}?\\d{4}[\\dA-HJ-NP-Z]`, ['white']),
  rule('tractor', `${province}\\d{2}${place}{5}`, ['green']),
]

/** Hong Kong, Macao, Taiwan and abroad: letters and digits as they are, a digit among them. */
export const elsewherePattern = /^(?=[A-Z]*\d)[A-Z\d]{1,12}$/u
