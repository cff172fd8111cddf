import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { CaptureWant } from '#src/capture/reading/reads.ts'
import { buildPictures } from './build-pictures.ts'
import type { Harness, SceneName, Trial } from './pictures/trials.ts'
import { serveFolder } from './serve-folder.ts'

const wantOf = (name: SceneName): CaptureWant => {
  if (name === 'code' || name === 'handover') return 'qr'
  return name === 'plate' ? 'plate' : 'document'
}

type WithHarness = typeof globalThis & { readonly harness: Harness }

/** Pages that draw pictures; served from this machine, open until they are closed. */
export const openPictures = async (browser: Browser) => {
  const folder = await buildPictures()
  const server = await serveFolder(folder)
  const page: Page = await browser.newPage()
  await page.goto(server.url)
  return {
    page,
    asked: server.asked,
    open: (name: SceneName): Promise<number> =>
      page.evaluate((want) => (globalThis as WithHarness).harness.open(want), wantOf(name)),
    trial: <Name extends SceneName>(name: Name, seed: number): Promise<Trial<Name>> =>
      page.evaluate(
        ([scene, from]) => (globalThis as WithHarness).harness.trial(scene, from) as Promise<never>,
        [name, seed] as const,
      ),
    drawn: async <Name extends SceneName>(name: Name, seed: number): Promise<Trial<Name>['drawn']> =>
      page.evaluate(([scene, from]) => (globalThis as WithHarness).harness.drawn(scene, from) as never, [
        name,
        seed,
      ] as const),
    /** Writes what a fake camera shows, over and over: one picture (YUV4MPEG2). */
    film: async (name: SceneName, seed: number, path: string): Promise<void> => {
      const planes = await page.evaluate(
        ([scene, from]) => (globalThis as WithHarness).harness.film(scene, from),
        [name, seed] as const,
      )
      const head = Buffer.from('YUV4MPEG2 W1080 H1440 F10:1 Ip A1:1 C420jpeg\n')
      const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(planes, 'base64')])
      await writeFile(path, Buffer.concat([head, frame, frame]))
    },
    picture: async (name: SceneName, seed: number, into: string): Promise<void> => {
      const png = await page.evaluate(
        ([scene, from]) => (globalThis as WithHarness).harness.picture(scene, from),
        [name, seed] as const,
      )
      await writeFile(join(into, `${name}-${seed}.png`), Buffer.from(png, 'base64'))
    },
    close: async (): Promise<void> => {
      await page.close()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}

export type Pictures = Awaited<ReturnType<typeof openPictures>>
