import { handoverCodeOf, handoverIdOf, handoverQrText } from '@guankou/domain/handovers/handover-code.ts'
import { encode } from 'uqr'
import { canvasOf, conditions, develop, drawAslant } from './canvas.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { DrawnCode, DrawnHandover } from './trials.ts'

/** Signed declarations are long; letters and digits of this many characters are what a family of four makes. */
const lengths = [60, 300, 700]

type Scene<Drawn> = { readonly drawn: Drawn; readonly image: ImageData }

/** A QR code on a telephone or a slip of paper, as the camera sees it. */
export const codeScene = (seed: number): Scene<DrawnCode> => {
  const chance = chanceOf(seed)
  const condition = conditions[seed % conditions.length] ?? 'day'
  return drawCode(declarationLike(chance), condition, chance)
}

/** The code of a hand-over of two people that was opened five minutes ago. */
export const handoverScene = (seed: number): Scene<DrawnHandover> => {
  const chance = chanceOf(seed)
  const code = handoverCodeOf(handoverIdOf(Math.floor(Date.now() / 86_400_000) * 86_400_000, seed), 440402)
  const digest = `${chance.text('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', 42)}A`
  const { drawn, image } = drawCode(handoverQrText(code, digest, 2), 'day', chance)
  return { drawn: { ...drawn, code }, image }
}

const declarationLike = (chance: Chance): string =>
  `GK1.${chance.text('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789-_', chance.pick(lengths))}`

const drawCode = (text: string, condition: DrawnCode['condition'], chance: Chance): Scene<DrawnCode> => {
  const { size, data } = encode(text, { ecc: 'M', border: 3 })
  const pixels = 8
  const { canvas: code, context: draw } = canvasOf(size * pixels, size * pixels)
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, code.width, code.height)
  draw.fillStyle = '#000'
  for (const [y, row] of data.entries())
    for (const [x, dark] of row.entries()) if (dark) draw.fillRect(x * pixels, y * pixels, pixels, pixels)
  const { canvas, context } = canvasOf(960, 960)
  context.fillStyle = `rgb(${chance.whole(30, 200)} ${chance.whole(30, 200)} ${chance.whole(30, 200)})`
  context.fillRect(0, 0, 960, 960)
  const place = {
    x: 480 + chance.between(-60, 60),
    y: 480 + chance.between(-60, 60),
    width: chance.between(560, 800),
  }
  drawAslant(context, code, place, chance, condition === 'skewed' ? 1 : 0.3)
  return { drawn: { text, condition }, image: develop(canvas, condition, chance) }
}
