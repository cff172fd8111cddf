import type { MrzFormat } from '@guankou/domain/identity/mrz/layout.ts'
import type { CaptureRead, CaptureWant } from '#src/capture/reading/reads.ts'

/** What the weather, the lamp and the hand do to a picture. */
export type Condition = 'day' | 'skewed' | 'noisy' | 'night'

export type PlateLook = 'blue' | 'green' | 'yellow' | 'yellow-two-lines' | 'black' | 'white'
export type DrawnPlate = { readonly plate: string; readonly look: PlateLook; readonly condition: Condition }
export type DrawnCard = { readonly name: string; readonly number: string; readonly condition: Condition }
export type DrawnZone = DrawnCard & { readonly format: MrzFormat }
export type DrawnCode = { readonly text: string; readonly condition: Condition }
/** Code of a hand-over, as the phone that gives shows it. */
export type DrawnHandover = DrawnCode & { readonly code: string }

/** What each picture shows. */
export type Scenes = {
  readonly plate: DrawnPlate
  readonly card: DrawnCard
  readonly zone: DrawnZone
  readonly code: DrawnCode
  readonly handover: DrawnHandover
}
export type SceneName = keyof Scenes

export type Trial<Name extends SceneName> = {
  readonly drawn: Scenes[Name]
  readonly read: CaptureRead | undefined
  readonly milliseconds: number
  /** Whether nothing of the picture is left where it was handed over from. */
  readonly isGone: boolean
}

/** What the page of pictures offers to whoever drives it. */
export type Harness = {
  /** Makes the reader ready. @returns milliseconds */
  readonly open: (want: CaptureWant) => Promise<number>
  /** What the picture of a seed shows. */
  readonly drawn: <Name extends SceneName>(name: Name, seed: number) => Scenes[Name]
  /** Draws a picture and has it read. */
  readonly trial: <Name extends SceneName>(name: Name, seed: number) => Promise<Trial<Name>>
  /** The picture as a camera held upright sees it: planes of light and colour, one byte each, 4:2:0; base64. */
  readonly film: (name: SceneName, seed: number) => Promise<string>
  /** The picture of a seed, to be looked at: PNG, base64. */
  readonly picture: (name: SceneName, seed: number) => Promise<string>
}
