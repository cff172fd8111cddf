import { canvasOf, conditions, develop, drawAslant, fontOf } from './canvas.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { DrawnPlate, PlateLook } from './trials.ts'

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const digits = '0123456789'

const looks: readonly PlateLook[] = ['blue', 'green', 'yellow', 'yellow-two-lines', 'black', 'white']

const serial = (chance: Chance): string => {
  const made = [...chance.text(digits, 5)]
  for (let letter = chance.whole(0, 2); letter > 0; letter -= 1)
    made.splice(chance.whole(0, 4), 1, chance.pick([...letters]))
  return made.join('')
}

const plateOf = (look: PlateLook, chance: Chance): string => {
  const office = chance.pick([...provinces]) + chance.pick([...letters])
  if (look === 'green') return office + chance.pick([...'DAF']) + chance.text(digits, 5)
  if (look === 'black') return `粤Z${serial(chance).slice(1)}${chance.pick(['港', '澳'])}`
  if (look === 'white') return `${office}${serial(chance).slice(1)}警`
  return office + serial(chance)
}

const grounds: Readonly<Record<PlateLook, readonly [ground: string, ink: string]>> = {
  blue: ['#1e56b8', '#f4f6fa'],
  green: ['#8fd6a4', '#10140f'],
  yellow: ['#e9b213', '#15130c'],
  'yellow-two-lines': ['#e9b213', '#15130c'],
  black: ['#15161a', '#f4f4f4'],
  white: ['#eeeef0', '#141416'],
}

/** One character in its box; fonts are as wide as they like, plates are not. */
const drawSymbol = (
  context: OffscreenCanvasRenderingContext2D,
  symbol: string,
  [x, y, width, height]: readonly [number, number, number, number],
  weight: number,
): void => {
  context.save()
  context.font = fontOf(100, weight)
  const {
    actualBoundingBoxAscent: up,
    actualBoundingBoxDescent: down,
    width: wide,
  } = context.measureText(symbol)
  context.translate(x + width / 2, y + height)
  // A figure one stays narrow; everything else fills its box.
  context.scale(Math.min(width / wide, (height / (up + down)) * 1.05), height / (up + down))
  context.fillText(symbol, -wide / 2, -down)
  context.restore()
}

const row = (
  context: OffscreenCanvasRenderingContext2D,
  symbols: readonly string[],
  box: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
    readonly gapAfter: number
  },
  weight: number,
): void => {
  const dot = box.gapAfter > 0 ? 0.55 : 0
  const pitch = box.width / (symbols.length + dot)
  for (const [at, symbol] of symbols.entries()) {
    const x = box.x + pitch * (at + (dot > 0 && at >= box.gapAfter ? dot : 0))
    const isMark = '警港澳'.includes(symbol)
    context.fillStyle = isMark && symbol === '警' ? '#c01f1f' : context.fillStyle
    drawSymbol(context, symbol, [x + pitch * 0.1, box.y, pitch * 0.8, box.height], weight)
  }
  if (dot === 0) return
  context.beginPath()
  context.arc(box.x + pitch * (box.gapAfter + dot / 2), box.y + box.height / 2, box.height * 0.06, 0, 7)
  context.fill()
}

const drawPlate = (plate: string, look: PlateLook, weight: number): OffscreenCanvas => {
  const twoLines = look === 'yellow-two-lines'
  const { canvas, context } = canvasOf(look === 'green' ? 960 : 880, twoLines ? 440 : 280)
  const [ground, ink] = grounds[look]
  context.fillStyle = ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  if (look === 'green') {
    const fade = context.createLinearGradient(0, 0, 0, canvas.height)
    fade.addColorStop(0, '#eef7ef')
    fade.addColorStop(1, '#3fae68')
    context.fillStyle = fade
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  context.strokeStyle = ink
  context.lineWidth = 5
  context.strokeRect(9, 9, canvas.width - 18, canvas.height - 18)
  context.fillStyle = ink
  const symbols = [...plate]
  if (twoLines) {
    row(context, symbols.slice(0, 2), { x: 250, y: 38, width: 380, height: 130, gapAfter: 0 }, weight)
    context.fillStyle = ink
    row(context, symbols.slice(2), { x: 40, y: 200, width: 800, height: 200, gapAfter: 0 }, weight)
  } else row(context, symbols, { x: 34, y: 50, width: canvas.width - 68, height: 180, gapAfter: 2 }, weight)
  return canvas
}

/** The picture of a plate on a made-up vehicle, as the camera sees it through the frame of the scanner. */
export const plateScene = (seed: number): { readonly drawn: DrawnPlate; readonly image: ImageData } => {
  const chance = chanceOf(seed)
  const look = looks[seed % looks.length] ?? 'blue'
  const condition = conditions[Math.floor(seed / looks.length) % conditions.length] ?? 'day'
  const plate = plateOf(look, chance)
  const picture = drawPlate(plate, look, chance.whole(500, 800))
  const { canvas, context } = canvasOf(960, 400)
  const body = chance.whole(20, 230)
  context.fillStyle = `rgb(${body} ${body + chance.whole(-15, 15)} ${body + chance.whole(-15, 15)})`
  context.fillRect(0, 0, 960, 400)
  context.fillStyle = 'rgb(30 32 36)'
  context.fillRect(0, 330, 960, 70)
  const width = chance.between(280, 560)
  drawAslant(
    context,
    picture,
    { x: 480 + chance.between(-90, 90), y: 190 + chance.between(-30, 30), width },
    chance,
    condition === 'skewed' ? 1 : 0.35,
  )
  return { drawn: { plate, look, condition }, image: develop(canvas, condition, chance) }
}
