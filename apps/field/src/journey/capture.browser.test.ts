import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatHandoverCode } from '@guankou/domain/handovers/handover-code.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import { openPictures, type Pictures } from '#journey/films.ts'
import { openBrowser, openPhone, press, startShift } from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'
import { displayPlate } from '#src/lane/plate.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })

/** Reading takes seconds where the machine is busy. */
const patience = 120_000
const seeds = { plate: 0, card: 0, zone: 2, code: 0, handover: 0 } as const

let films: string
let pictures: Pictures
let painter: Browser
let server: StubServer

beforeAll(async () => {
  films = await mkdtemp(join(tmpdir(), 'guankou-films-'))
  painter = await openBrowser()
  pictures = await openPictures(painter)
  server = await startStubServer(inject('fronts').field)
})
afterAll(async () => {
  await pictures.close()
  await painter.close()
  await server.close()
  await rm(films, { recursive: true })
})

/** Fetches the reader ahead, as at the start of a shift, and takes the network away. */
const prepareOffline = async (page: Page): Promise<void> => {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await page.getByRole('link', { name: '设置' }).click()
  await page.getByRole('button', { name: /^下载供离线使用/ }).click()
  await page.getByRole('button', { name: '从本机删除' }).waitFor({ timeout: patience })
  await page.getByText('MB，已在本机').nth(1).waitFor({ timeout: patience })
  await page.getByRole('link', { name: '返回查验' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
}

const photographing = async (
  scene: keyof typeof seeds,
  walk: (page: Page, requests: readonly string[]) => Promise<void>,
): Promise<void> => {
  const film = join(films, `${scene}.y4m`)
  await pictures.film(scene, seeds[scene], film)
  const browser = await openBrowser(film)
  const { context, page, faults } = await openPhone(browser)
  await startShift(page, server)
  await prepareOffline(page)
  server.mood.down = true
  await context.setOffline(true)
  const requests: string[] = []
  const stored = await storedOn(page)
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  try {
    await walk(page, requests)
    // What goes out meanwhile are the app's own questions to its server, none of which has a body of pixels.
    expect(requests.filter((each) => !isOwnQuestion(each))).toEqual([])
    expect((await storedOn(page)).caches).toEqual(stored.caches)
    expect((await storedOn(page)).largest).toBeLessThan(50_000)
    expect(faults).toEqual([])
  } finally {
    server.mood.down = false
    await browser.close()
  }
}

const isOwnQuestion = (request: string): boolean =>
  /\/api\/(sync|access|health)/.test(request) || /^GET .*\/field\//.test(request)

/** Addresses in Cache Storage, and the largest thing in IndexedDB: a picture of the smallest frame is 900,000 bytes. */
const storedOn = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const kept = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    )
    const sizes: number[] = []
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve) => {
          const reading = database.transaction(store).objectStore(store).getAll()
          reading.onsuccess = () => resolve(reading.result)
        })
        const bytes = (value: unknown): number => {
          if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength
          if (value instanceof Blob) return value.size
          if (typeof value === 'string') return value.length
          return typeof value === 'object' && value !== null && !(value instanceof CryptoKey)
            ? Object.values(value).reduce<number>((sum, each) => sum + bytes(each), 0)
            : 8
        }
        if (name !== 'reference') sizes.push(...rows.map(bytes))
      }
      database.close()
    }
    return { caches: kept.flat().toSorted(), largest: Math.max(0, ...sizes) }
  })

it('reads a plate without a network, shows it with its confidence, and takes it when somebody confirms', async () => {
  const { plate } = await pictures.drawn('plate', seeds.plate)
  await photographing('plate', async (page) => {
    await page.getByRole('button', { name: '拍车牌' }).click()
    await page.getByText(displayPlate(plate)).waitFor({ timeout: patience })
    await page.getByText(/^把握 \d+%$/).waitFor()
    await check(page, 'plate found')
    expect(await page.evaluate(() => document.querySelectorAll('canvas').length)).toBe(0)
    await page.getByRole('button', { name: '用这个结果' }).click()
    await page.getByRole('button', { name: `车牌 ${displayPlate(plate)}，点按修改` }).waitFor()
    await page.getByRole('group', { name: '车上几人' }).waitFor()
    // The camera is off again: nothing of its stream is left in the page.
    expect(await page.evaluate(() => document.querySelectorAll('video').length)).toBe(0)
  })
})

/** To the details of the only person aboard. */
const openPerson = async (page: Page): Promise<void> => {
  await press(page, 'A12345')
  await page.getByRole('button', { name: '下一步' }).click()
  await press(page, '1')
  await page.getByRole('button', { name: '症状·详情' }).click()
}

it('reads name and number of an identity card, whose check digit fits', async () => {
  const { name, number } = await pictures.drawn('card', seeds.card)
  await photographing('card', async (page) => {
    await openPerson(page)
    await page.getByRole('button', { name: '拍证件' }).click()
    await page.getByText('校验位相符', { exact: true }).waitFor({ timeout: patience })
    const sheet = page.getByRole('dialog')
    expect(await sheet.getByLabel('号码').inputValue()).toBe(number)
    expect(await sheet.getByLabel('姓名').inputValue()).toBe(name)
    await check(page, 'card found')
    await page.getByRole('button', { name: '用这个结果' }).click()
    expect(await page.getByLabel('证件号码').inputValue()).toBe(number)
    expect(await page.getByLabel('姓名（可不填）').inputValue()).toBe(name)
  })
})

it('reads a machine readable zone, and lets nobody use it before every field was compared', async () => {
  const { number } = await pictures.drawn('zone', seeds.zone)
  await photographing('zone', async (page) => {
    await openPerson(page)
    await page.getByRole('button', { name: '拍证件' }).click()
    await page.getByText('请逐项与证件核对并勾选').waitFor({ timeout: patience })
    const sheet = page.getByRole('dialog')
    const use = page.getByRole('button', { name: '用这个结果' })
    expect(await use.isDisabled()).toBe(true)
    await sheet.getByLabel('号码', { exact: true }).fill(number)
    for (const tick of await sheet.getByRole('checkbox').all()) {
      expect(await use.isDisabled()).toBe(true)
      await tick.check()
    }
    await use.click()
    expect(await page.getByLabel('证件号码').inputValue()).toBe(number)
  })
})

it('reads a code, and says what it is not', async () => {
  await photographing('code', async (page) => {
    await page.getByRole('button', { name: '扫二维码' }).click()
    await page.getByText('不认识这个二维码').waitFor({ timeout: patience })
    await page.getByRole('button', { name: '改为手动输入' }).click()
    await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  })
})

it('takes a hand-over up by its code, and the lane says whose it is to scan', async () => {
  const { code } = await pictures.drawn('handover', seeds.handover)
  const shown = formatHandoverCode(code)
  await photographing('handover', async (page) => {
    await page.getByRole('button', { name: '扫二维码' }).click()
    await page.getByText('这是移交的交接码').waitFor({ timeout: patience })
    await page.getByRole('button', { name: '改为手动输入' }).click()
    await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  })
  const browser = await openBrowser(join(films, 'handover.y4m'))
  const { page, faults } = await openPhone(browser, { bypassCSP: true })
  await page.goto(`${server.url}/field/sign-in#token=token-of-zhou-0003`)
  await page.getByRole('button', { name: '扫二维码' }).click()
  await page.getByText(shown).waitFor({ timeout: patience })
  await page.getByText('2 人', { exact: true }).waitFor()
  await check(page, 'hand-over found')
  await page.getByRole('button', { name: '用这个结果' }).click()
  await page.waitForURL(/\/field\/handovers\/0/)
  await page.getByRole('button', { name: '签收：转运接收' }).waitFor()
  expect(faults).toEqual([])
  await browser.close()
})

it('leads back to the keypad by one tap where there is no camera', async () => {
  const browser = await openBrowser()
  const { page } = await openPhone(browser)
  await startShift(page, server)
  await page.getByRole('button', { name: '扫二维码' }).click()
  await page.getByText(/没有可用的相机|未允许使用相机/).waitFor()
  await check(page, 'no camera')
  await page.getByRole('button', { name: '改为手动输入' }).click()
  await press(page, 'A12345')
  await page.getByRole('button', { name: '车牌 粤C·A12345，点按修改' }).waitFor()
  await browser.close()
})

/** Keys as fast as a reader sends them, which a remote hand cannot. */
const burst = (page: Page, text: string): Promise<void> =>
  page.evaluate((typed) => {
    for (const key of [...typed, 'Enter'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, text)

it('takes a document from a reader at the keyboard, and gives the plate back what it typed', async () => {
  const browser = await openBrowser()
  const { page } = await openPhone(browser)
  await startShift(page, server)
  await press(page, 'A12')
  await burst(page, '11010519491231002X')
  await page.getByLabel('证件号码').waitFor()
  expect(await page.getByLabel('证件号码').inputValue()).toBe('11010519491231002X')
  await page.getByRole('button', { name: '车牌 粤C·A12，点按修改' }).waitFor()
  await browser.close()
})
