import '@fontsource-variable/noto-sans-sc/index.css'
import { type CaptureEngine, createCaptureEngine } from '#src/capture/engine.ts'
import type { CaptureWant } from '#src/capture/reading/reads.ts'
import { canvasOf } from './canvas.ts'
import { codeScene, handoverScene } from './codes.ts'
import { cardScene, zoneScene } from './documents.ts'
import { plateScene } from './plates.ts'
import type { Harness, SceneName, Scenes, Trial } from './trials.ts'

const scenes = {
  plate: plateScene,
  card: cardScene,
  zone: zoneScene,
  code: codeScene,
  handover: handoverScene,
}
const wants: Readonly<Record<SceneName, CaptureWant>> = {
  plate: 'plate',
  card: 'document',
  zone: 'document',
  code: 'qr',
  handover: 'qr',
}

/** Every character that is drawn, so that its part of the font is there before the first picture. */
const drawnSymbols =
  '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼警港澳姓名性别女男民族汉出生年月日住址广东省某市区样例路号房公民身份码' +
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉建国文辉ABCXYZ0189'

const loadFonts = async (): Promise<void> => {
  await Promise.all(
    [500, 700].map((weight) => document.fonts.load(`${weight} 40px "Noto Sans SC Variable"`, drawnSymbols)),
  )
}

const today = '2026-01-23'

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const filmSize = { width: 1080, height: 1440 }

/** Puts a picture into the middle of an upright one, as wide as the frame of the scanner, and parts light from colour (BT.601). */
const planesOf = (image: ImageData): Uint8Array => {
  const { width, height } = filmSize
  const { canvas: shot, context: put } = canvasOf(image.width, image.height)
  put.putImageData(image, 0, 0)
  const { context } = canvasOf(width, height)
  context.fillStyle = 'rgb(90 94 98)'
  context.fillRect(0, 0, width, height)
  const wide = width * 0.94
  const tall = (wide * image.height) / image.width
  context.drawImage(shot, (width - wide) / 2, (height - tall) / 2, wide, tall)
  const { data } = context.getImageData(0, 0, width, height)
  const planes = new Uint8Array((width * height * 3) / 2)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]]
      planes[y * width + x] = 16 + (65.7 * r + 129.1 * g + 25.1 * b) / 256
      if (x % 2 === 1 || y % 2 === 1) continue
      const half = (y / 2) * (width / 2) + x / 2
      planes[width * height + half] = 128 + (-37.9 * r - 74.5 * g + 112.4 * b) / 256
      planes[width * height * 1.25 + half] = 128 + (112.4 * r - 94.2 * g - 18.3 * b) / 256
    }
  return planes
}

const harness: Harness = {
  open: async (want: CaptureWant): Promise<number> => {
    await loadFonts()
    const startedAt = performance.now()
    await engine.prepare(want)
    return performance.now() - startedAt
  },
  drawn: <Name extends SceneName>(name: Name, seed: number): Scenes[Name] =>
    scenes[name](seed).drawn as Scenes[Name],
  trial: async <Name extends SceneName>(name: Name, seed: number): Promise<Trial<Name>> => {
    const { drawn, image } = scenes[name](seed) as { drawn: Scenes[Name]; image: ImageData }
    const startedAt = performance.now()
    const { width, height, data } = image
    const read = await engine.read(wants[name], { width, height, data }, today)
    return { drawn, read, milliseconds: performance.now() - startedAt, isGone: data.length === 0 }
  },
  film: async (name: SceneName, seed: number): Promise<string> => {
    await loadFonts()
    return toBase64(planesOf(scenes[name](seed).image))
  },
  picture: async (name: SceneName, seed: number): Promise<string> => {
    await loadFonts()
    const { image } = scenes[name](seed)
    const { canvas, context } = canvasOf(image.width, image.height)
    context.putImageData(image, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/png' })
    return toBase64(new Uint8Array(await blob.arrayBuffer()))
  },
}

const engine: CaptureEngine = createCaptureEngine()
Object.assign(window, { harness })
