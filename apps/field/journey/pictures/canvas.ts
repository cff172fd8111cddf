import type { Chance } from './chance.ts'
import type { Condition } from './trials.ts'

export const fontOf = (pixels: number, weight = 700): string =>
  `${weight} ${pixels}px "Noto Sans SC Variable", sans-serif`

export const canvasOf = (width: number, height: number) => {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('no canvas')
  return { canvas, context }
}

export const conditions: readonly Condition[] = ['day', 'skewed', 'noisy', 'night']

/** Draws a picture into another as seen from the side: column by column, each as high as it is near. */
export const drawAslant = (
  into: OffscreenCanvasRenderingContext2D,
  picture: OffscreenCanvas,
  place: { readonly x: number; readonly y: number; readonly width: number },
  chance: Chance,
  strength: number,
): void => {
  const height = (place.width * picture.height) / picture.width
  const near = chance.between(-0.25, 0.25) * strength
  into.save()
  into.translate(place.x, place.y)
  into.rotate((chance.between(-12, 12) * strength * Math.PI) / 180)
  into.transform(1, chance.between(-0.06, 0.06) * strength, chance.between(-0.18, 0.18) * strength, 1, 0, 0)
  const columns = Math.round(place.width)
  for (let column = 0; column < columns; column += 1) {
    const at = column / columns
    const tall = height * (1 + near * (at - 0.5))
    into.drawImage(
      picture,
      at * picture.width,
      0,
      picture.width / columns,
      picture.height,
      column - place.width / 2,
      -tall / 2,
      1.6,
      tall,
    )
  }
  into.restore()
}

/** The sum of three even numbers is near enough to a normal one for the grain of a sensor. */
const grain = (chance: Chance): number => chance.unit() + chance.unit() + chance.unit() - 1.5

/** Light, lens and sensor, over the finished picture. */
export const develop = (canvas: OffscreenCanvas, condition: Condition, chance: Chance): ImageData => {
  const { width, height } = canvas
  const { canvas: shot, context } = canvasOf(width, height)
  const blur = chance.between(0.3, condition === 'day' ? 0.8 : 1.5)
  const light = condition === 'night' ? chance.between(0.22, 0.4) : chance.between(0.75, 1.1)
  context.filter = `blur(${blur.toFixed(2)}px) brightness(${light.toFixed(2)})`
  context.drawImage(canvas, 0, 0)
  context.filter = 'none'
  if (condition === 'night') {
    const [x, y] = [chance.between(0, width), chance.between(0, height)]
    const glow = context.createRadialGradient(x, y, 0, x, y, width * 0.35)
    glow.addColorStop(0, 'rgb(255 246 214 / 50%)')
    glow.addColorStop(1, 'rgb(255 246 214 / 0%)')
    context.fillStyle = glow
    context.fillRect(0, 0, width, height)
  }
  const image = context.getImageData(0, 0, width, height)
  const strength = condition === 'day' ? 6 : condition === 'noisy' ? 34 : 16
  for (let at = 0; at < image.data.length; at += 4) {
    const by = grain(chance) * strength
    for (let channel = 0; channel < 3; channel += 1)
      image.data[at + channel] = (image.data[at + channel] ?? 0) + by + grain(chance) * strength * 0.5
  }
  shot.width = 1
  return image
}
