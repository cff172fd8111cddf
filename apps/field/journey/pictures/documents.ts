import { type MrzFormat, mrzLayouts } from '@guankou/domain/identity/mrz/layout.ts'
import { writeMrz } from '@guankou/domain/identity/mrz/write-mrz.ts'
import { canvasOf, conditions, develop, drawAslant, fontOf } from './canvas.ts'
import { type Chance, chanceOf } from './chance.ts'
import { birthOf, latinNameOf, personOf } from './people.ts'
import type { Condition, DrawnCard, DrawnZone } from './trials.ts'

const scene = (picture: OffscreenCanvas, condition: Condition, chance: Chance): ImageData => {
  const { canvas, context } = canvasOf(1100, 720)
  context.fillStyle = `rgb(${chance.whole(60, 150)} ${chance.whole(60, 140)} ${chance.whole(60, 130)})`
  context.fillRect(0, 0, 1100, 720)
  const place = {
    x: 550 + chance.between(-15, 15),
    y: 360 + chance.between(-12, 12),
    width: chance.between(920, 1020),
  }
  drawAslant(context, picture, place, chance, condition === 'skewed' ? 0.35 : 0.12)
  return develop(canvas, condition, chance)
}

const spaced = (
  context: OffscreenCanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  pitch: number,
): void => {
  for (const [at, symbol] of [...text].entries()) context.fillText(symbol, x + at * pitch, y)
}

const drawCard = (chance: Chance) => {
  const person = personOf(chance)
  const { canvas, context } = canvasOf(1000, 631)
  context.fillStyle = '#e6edf2'
  context.fillRect(0, 0, 1000, 631)
  context.strokeStyle = 'rgb(120 160 200 / 35%)'
  for (let line = 0; line < 40; line += 1) {
    context.beginPath()
    context.arc(700, 900 - line * 12, 420 + line * 9, 0, 7)
    context.stroke()
  }
  context.fillStyle = '#b9bec4'
  context.fillRect(640, 110, 270, 340)
  const field = (label: string, value: string, x: number, y: number): void => {
    context.fillStyle = '#3f6fa8'
    context.font = fontOf(26, 500)
    context.fillText(label, x, y)
    context.fillStyle = '#15171a'
    context.font = fontOf(34, 500)
    context.fillText(value, x + 26 * label.length + 22, y + 2)
  }
  field('姓名', person.name, 60, 100)
  field('性别', person.female ? '女' : '男', 60, 175)
  field('民族', '汉', 260, 175)
  const { birth } = person
  field('出生', `${birth.slice(0, 4)}年${Number(birth.slice(4, 6))}月${Number(birth.slice(6))}日`, 60, 250)
  field('住址', '广东省某市某区样例路', 60, 330)
  context.fillText(`${chance.whole(1, 99)}号${chance.whole(101, 999)}房`, 134, 380)
  context.fillStyle = '#3f6fa8'
  context.font = fontOf(26, 500)
  context.fillText('公民身份号码', 60, 560)
  context.fillStyle = '#15171a'
  context.font = fontOf(38, 500)
  spaced(context, person.number, 300, 562, 33)
  return { canvas, person }
}

/** The front of an identity card of somebody who does not exist, filling the frame of the scanner. */
export const cardScene = (seed: number): { readonly drawn: DrawnCard; readonly image: ImageData } => {
  const chance = chanceOf(seed)
  const condition = conditions[seed % conditions.length] ?? 'day'
  const { canvas, person } = drawCard(chance)
  return {
    drawn: { name: person.name, number: person.number, condition },
    image: scene(canvas, condition, chance),
  }
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const formats: readonly MrzFormat[] = ['TD3', 'TD1', 'TD3', 'TD2']

const drawZone = (format: MrzFormat, chance: Chance) => {
  const { surname, givenNames } = latinNameOf(chance)
  const number = chance.text(upper, 1) + chance.text('0123456789', 8)
  const issuer = chance.pick(['CHN', 'GBR', 'FRA', 'JPN', 'USA', 'NGA'])
  const lines = writeMrz({
    format,
    documentCode: format === 'TD3' ? 'P' : 'I',
    issuer,
    documentNumber: number,
    nationality: issuer,
    birth: birthOf(chance).slice(2),
    sex: chance.pick(['F', 'M']),
    expiry: `${chance.whole(27, 39)}0${chance.whole(1, 9)}1${chance.whole(0, 9)}`,
    surname,
    givenNames,
    optional: '',
    optionalSecond: '',
  })
  const { canvas, context } = canvasOf(1250, format === 'TD3' ? 880 : 790)
  context.fillStyle = '#f1efe6'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#b9bec4'
  context.fillRect(60, 130, 300, 390)
  context.fillStyle = '#23262b'
  context.font = fontOf(34, 500)
  for (const [at, text] of [surname, givenNames, issuer, number].entries())
    context.fillText(text, 430, 180 + at * 90)
  context.font = '600 40px "DejaVu Sans Mono", monospace'
  const { width } = mrzLayouts[format]
  const pitch = 1160 / width
  for (const [at, line] of lines.entries())
    spaced(context, line, 45, canvas.height - 60 - (lines.length - 1 - at) * 62, pitch)
  return { canvas, name: `${surname} ${givenNames}`, number }
}

/** A passport or card with a machine readable zone of somebody who does not exist. */
export const zoneScene = (seed: number): { readonly drawn: DrawnZone; readonly image: ImageData } => {
  const chance = chanceOf(seed)
  const condition = conditions[Math.floor(seed / formats.length) % conditions.length] ?? 'day'
  const format = formats[seed % formats.length] ?? 'TD3'
  const { canvas, name, number } = drawZone(format, chance)
  return { drawn: { name, number, format, condition }, image: scene(canvas, condition, chance) }
}
