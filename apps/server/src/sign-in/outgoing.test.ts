import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardFetch, OutgoingRefusedError, originsOf } from './outgoing.ts'

const reached: string[] = []
const http = createServer((request, response) => {
  reached.push(request.url ?? '')
  if (request.url === '/away') response.writeHead(302, { location: '/inner' }).end()
  else response.end('here')
})
let base = ''
beforeAll(async () => {
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
afterAll(async () => {
  http.closeAllConnections()
  await new Promise((closed) => http.close(closed))
})

describe('what the server calls', () => {
  it('is what was configured', async () => {
    const guarded = guardFetch(fetch, originsOf([`${base}/list/`, undefined, 'not an address']))
    expect(await (await guarded(`${base}/x`)).text()).toBe('here')
    expect(await (await guarded(new URL(`${base}/y`))).text()).toBe('here')
    expect(await (await guarded(new Request(`${base}/z`))).text()).toBe('here')
  })

  it('is never where an answer sends it', async () => {
    const before = reached.length
    await expect(guardFetch(fetch, [base])(`${base}/away`, { redirect: 'follow' })).rejects.toThrow()
    expect(reached.slice(before)).toEqual(['/away'])
  })

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/',
    'http://localhost/',
    'http://[::1]/',
    'file:///etc/passwd',
    'https://provider.example.evil.example/',
    'http://provider.example/',
    'https://provider.example:444/',
    'https://provider.example@evil.example/',
    'nonsense',
  ])('is not %s', async (address) => {
    const guarded = guardFetch(fetch, originsOf(['https://provider.example']))
    await expect(guarded(address)).rejects.toThrow(OutgoingRefusedError)
  })
})
