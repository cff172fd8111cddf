import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrustedKey } from '@guankou/contract/certificates/trust-list.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import { enterCar, openBrowser, openPhone, startShift } from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const file = join(import.meta.dirname, '../../../../tests/vectors/certificates/vectors.json')
const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly keys: readonly TrustedKey[]
  readonly cases: readonly { readonly name: string; readonly text: string; readonly outcome: string }[]
}
const textOf = (outcome: string): string => {
  const found = vectors.cases.find((each) => each.outcome === outcome)
  if (found === undefined) throw new Error(`no certificate is ${outcome}`)
  return found.text
}

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
})

const paste = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('button', { name: '证明文字（粘贴或扫码枪）' }).click()
  const sheet = page.getByRole('dialog', { name: '健康证明' })
  await sheet.getByLabel('证明文字').fill(text)
  await sheet.getByRole('button', { name: '核验' }).click()
}

const sentBy = async (server: StubServer) => {
  await vi.waitFor(() => expect(server.order.length).toBeGreaterThan(0), { timeout: 60_000 })
  const [id = ''] = server.order
  return server.stored.get(id)?.command.travellers ?? []
}

/** Keys as fast as a reader sends them. */
const burst = (page: Page, text: string): Promise<void> =>
  page.evaluate((typed) => {
    for (const key of [...typed, 'Enter'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, text)

it('takes a certificate from a reader at the keyboard, for the person whose turn it is', async () => {
  const server = await startStubServer(inject('fronts').field)
  Object.assign(server.content, { certificateKeys: [...vectors.keys] })
  const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  await enterCar(page, 'C0002', 2)
  await page.getByRole('button', { name: /^2 号/ }).first().click()
  await burst(page, textOf('forged'))
  const sheet = page.getByRole('dialog', { name: '健康证明' })
  await sheet.getByText('签名不符').waitFor()
  await sheet.getByText('2 号').waitFor()
  await check(page, 'a certificate from a reader')
  await sheet.getByRole('button', { name: '用这个结果' }).click()
  await page.getByRole('button', { name: /^去掉：/ }).waitFor()
  await page
    .getByRole('button', { name: '返回测温' })
    .or(page.getByRole('button', { name: '好了' }))
    .first()
    .click()
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  const travellers = await sentBy(server)
  expect(travellers.map(({ certificates }) => certificates?.map(({ outcome }) => outcome))).toEqual([
    undefined,
    ['forged'],
  ])
  expect(faults).toEqual([])
  await context.close()
  await server.close()
})

it('checks a certificate at the lane without a network, says what came of it, and notes no more than that', async () => {
  const server = await startStubServer(inject('fronts').field)
  Object.assign(server.content, { certificateKeys: [...vectors.keys] })
  const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await enterCar(page, 'C0001', 1)
  server.mood.down = true
  await context.setOffline(true)
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await page
    .getByRole('button', { name: /更多|详情|更改/ })
    .first()
    .click()
  await page.getByRole('heading', { name: '健康证明' }).waitFor()
  const sheet = page.getByRole('dialog', { name: '健康证明' })

  await paste(page, textOf('forged'))
  await sheet.getByText('签名不符').waitFor()
  await check(page, 'a forged certificate')
  await sheet.getByRole('button', { name: '重新输入' }).click()
  await sheet.getByLabel('证明文字').fill('HC1:NOT A CERTIFICATE')
  await sheet.getByRole('button', { name: '核验' }).click()
  await sheet.getByRole('alert').waitFor()
  await page.keyboard.press('Escape')

  await paste(page, textOf('unknown-issuer'))
  await sheet.getByText('签发方不在信任名单中').waitFor()
  await page.keyboard.press('Escape')

  await paste(page, textOf('forged'))
  await sheet.getByText('签名不符').waitFor()
  await sheet.getByRole('button', { name: '用这个结果' }).click()
  await page.getByRole('button', { name: /^去掉：/ }).waitFor()
  await check(page, 'a certificate that was noted')
  await page
    .getByRole('button', { name: '返回测温' })
    .or(page.getByRole('button', { name: '好了' }))
    .first()
    .click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  server.mood.down = false
  await context.setOffline(false)
  const [traveller] = await sentBy(server)
  expect(traveller?.certificates).toMatchObject([{ outcome: 'forged' }])
  expect(Object.keys(traveller?.certificates?.[0] ?? {}).sort()).toEqual(
    expect.not.arrayContaining(['holder', 'name', 'text']),
  )
  expect(faults).toEqual([])
  await context.close()
  await server.close()
})
