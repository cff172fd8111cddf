import { describe, expect, it } from 'vitest'
import { createClient, type FetchPort, urlOf } from './client.ts'
import { endpoints } from './endpoints.ts'

const answering =
  (status: number, text: string): FetchPort =>
  async () => ({ status, text: async () => text })

const recording = () => {
  const seen: { url: string; init: Parameters<FetchPort>[1] }[] = []
  const fetch: FetchPort = async (url, init) => {
    seen.push({ url, init })
    return { status: 200, text: async () => '{}' }
  }
  return { fetch, seen }
}

const query = { query: { area: 440_400 } } as const
const summary = (fetch: FetchPort) => createClient(fetch).call(endpoints.situationSummary, query)

describe('urlOf', () => {
  it('writes the query, leaves out what is undefined and escapes the rest', () => {
    expect(urlOf(endpoints.readHealth)).toBe('/api/health')
    expect(urlOf(endpoints.situationSummary, { area: 440_400, day: undefined })).toBe(
      '/api/situation/summary?area=440400',
    )
    expect(urlOf(endpoints.situationSummary, { area: '1&day=珠' })).toBe(
      '/api/situation/summary?area=1%26day%3D%E7%8F%A0',
    )
  })
})

describe('the client', () => {
  it('sends a POST as JSON with the header that a form on another site cannot send', async () => {
    const { fetch, seen } = recording()
    const client = createClient(fetch, {
      front: 'field',
      base: 'http://gate',
      headers: { 'accept-language': 'zh' },
    })
    await client.call(endpoints.signIn, { body: { token: 'abcdefghijklmnop' } })
    expect(seen).toEqual([
      {
        url: 'http://gate/api/access/sign-in',
        init: {
          method: 'POST',
          credentials: 'same-origin',
          headers: {
            'accept-language': 'zh',
            'content-type': 'application/json',
            'x-guankou-client': 'field',
          },
          body: '{"token":"abcdefghijklmnop"}',
        },
      },
    ])
  })

  it('sends a GET without a body', async () => {
    const { fetch, seen } = recording()
    await summary(fetch)
    expect(seen[0]?.init).not.toHaveProperty('body')
    expect(seen[0]?.url).toBe('/api/situation/summary?area=440400')
  })

  it('hands on the output, or the refusal with its status', async () => {
    expect(await summary(answering(200, '{"day":"2020-01-23"}'))).toEqual({
      is: 'ok',
      value: { day: '2020-01-23' },
    })
    const error = { code: 'BUSY', retry: 'later', text: { zh: '忙。', en: 'Busy.' } }
    expect(await summary(answering(429, JSON.stringify(error)))).toEqual({
      is: 'refused',
      status: 429,
      error,
    })
  })

  it('takes nothing for a refusal that the server cannot have sent', async () => {
    const strangers = [
      answering(502, '<html>Bad gateway</html>'),
      answering(502, ''),
      answering(403, 'null'),
      answering(404, '{"error":"not found"}'),
      answering(403, '{"code":403,"message":"blocked by the portal of the hotel"}'),
      answering(403, '{"code":"blocked"}'),
      answering(200, '<html>Please accept our terms</html>'),
    ]
    for (const stranger of strangers) expect((await summary(stranger)).is).toBe('unreachable')
  })

  it('says why nothing came back', async () => {
    const broken: FetchPort = async () => {
      throw new TypeError('network is down')
    }
    expect(await summary(broken)).toEqual({ is: 'unreachable', reason: 'network is down' })
    const cut: FetchPort = async () => ({
      status: 200,
      text: async () => {
        throw new Error('connection reset')
      },
    })
    expect(await summary(cut)).toEqual({ is: 'unreachable', reason: 'connection reset' })
  })
})
