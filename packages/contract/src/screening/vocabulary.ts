/** Conveyances by which people reach a post. */
export const conveyanceKinds = [
  'car',
  'coach',
  'truck',
  'motorcycle',
  'train',
  'ferry',
  'flight',
  'on-foot',
] as const
export type ConveyanceKind = (typeof conveyanceKinds)[number]

/** Those that carry a plate. */
export const platedConveyances: ReadonlySet<ConveyanceKind> = new Set(['car', 'coach', 'truck', 'motorcycle'])

/** Those that run by a number on a day: trains, ferries, flights, and coaches of a line. */
export const scheduledConveyances: ReadonlySet<ConveyanceKind> = new Set([
  'train',
  'ferry',
  'flight',
  'coach',
])

export const documentKinds = [
  'resident-id',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'other',
  'none',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** What a statement of origin or exposure rests on. */
export const evidenceKinds = ['declared', 'ticket', 'plate', 'document', 'certificate'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** Ways of measuring body temperature. */
export const thermometryMethods = ['forehead', 'ear', 'axillary', 'gate'] as const
export type ThermometryMethod = (typeof thermometryMethods)[number]

/** What around a person can move a reading, noted beside it. */
export const ambientNotes = ['cold', 'sun', 'wind', 'heated-vehicle', 'exertion'] as const
export type AmbientNote = (typeof ambientNotes)[number]
