/**
 * The keystroke-level model of Card, Moran and Newell: the time of an expert who makes no error is the sum of the operators
 * of a method and of what the system lets wait.
 *
 * K  a character of an argument, 0.50 s: random letters, as a plate is (table 1)
 * B  a press of a button that stands for a command, 0.20 s: a keystroke of an average typist (table 1)
 * P  pointing, 0.8 + 0.1 log2(d/s + 0.5) s, d the distance and s the size of the target (section 3.2); for a mouse, which
 *    is slower than a thumb beside its keys
 * M  mental preparation before a command, 1.35 s; none within an argument (rule 0 of the placement of M)
 * R  response of the system, measured
 *
 * Source: S. K. Card, T. P. Moran, A. Newell, The keystroke-level model for user performance time with interactive
 * systems, Communications of the ACM 23 (1980) 396-410, https://doi.org/10.1145/358886.358895.
 */
export const operators = { K: 0.5, B: 0.2, M: 1.35 } as const

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const centreOf = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2]

/** Seconds to point at a target from where the thumb is. */
export const pointingSeconds = (from: Box, to: Box): number => {
  const [[fromX, fromY], [toX, toY]] = [centreOf(from), centreOf(to)]
  const distance = Math.hypot(toX - fromX, toY - fromY)
  return 0.8 + 0.1 * Math.log2(distance / Math.min(to.width, to.height) + 0.5)
}

export type Tally = {
  readonly K: number
  readonly B: number
  readonly M: number
  readonly P: number
  readonly pointingSeconds: number
  readonly responseSeconds: number
}

export const emptyTally: Tally = { K: 0, B: 0, M: 0, P: 0, pointingSeconds: 0, responseSeconds: 0 }

/** Every touch of the screen, whatever it stands for. */
export const tapsOf = ({ K, B }: Tally): number => K + B

export const secondsOf = ({ K, B, M, pointingSeconds: pointing, responseSeconds }: Tally): number =>
  K * operators.K + B * operators.B + M * operators.M + pointing + responseSeconds
