import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { captureWants } from '../reading/reads.ts'
import { aimIn, readSize, regionOf } from './aim.ts'
import { openCamera } from './camera.ts'

const size = fc.record({
  width: fc.integer({ min: 200, max: 2000 }),
  height: fc.integer({ min: 200, max: 2000 }),
})
const want = fc.constantFrom(...captureWants)

describe('the frame', () => {
  it('lies within the view, and what is in it within the picture', () => {
    fc.assert(
      fc.property(size, size, want, (picture, view, wanted) => {
        const aim = aimIn(view, wanted)
        expect(aim.x).toBeGreaterThanOrEqual(0)
        expect(aim.y).toBeGreaterThanOrEqual(0)
        expect(aim.width).toBeLessThanOrEqual(view.width)
        expect(aim.height).toBeLessThanOrEqual(view.height)
        const region = regionOf(picture, view, aim)
        expect(region.x + region.width).toBeLessThanOrEqual(picture.width)
        expect(region.y + region.height).toBeLessThanOrEqual(picture.height)
        const { width, height } = readSize(region, wanted)
        expect(Math.max(width, height)).toBeLessThanOrEqual(1280)
        expect(width).toBeLessThanOrEqual(Math.max(1, region.width))
      }),
    )
  })

  it('holds what is seen in it: a picture twice as large is cut at its middle', () => {
    const view = { width: 400, height: 400 }
    expect(regionOf({ width: 1600, height: 800 }, view, { x: 100, y: 150, width: 200, height: 100 })).toEqual(
      {
        x: 600,
        y: 300,
        width: 400,
        height: 200,
      },
    )
  })
})

describe('a camera', () => {
  const failing = (name: string) => ({
    getUserMedia: () => Promise.reject(Object.assign(new Error(name), { name })),
  })

  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'no-camera'],
    ['NotReadableError', 'busy'],
  ])('that answers %s is %s', async (name, problem) => {
    expect(await openCamera(failing(name))).toEqual({ ok: false, problem })
  })

  it('that is not there at all is missing without an error', async () => {
    expect(await openCamera(undefined)).toEqual({ ok: false, problem: 'no-camera' })
  })

  it('has a lamp only where it says so, and ends every track when it is closed', async () => {
    let stopped = 0
    const lit: boolean[] = []
    const track = {
      stop: () => {
        stopped += 1
      },
      getCapabilities: () => ({ torch: true }),
      applyConstraints: async (constraints: { advanced: { torch: boolean }[] }) => {
        lit.push(constraints.advanced[0]?.torch ?? false)
      },
    }
    const stream = { getVideoTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream
    const opening = await openCamera({ getUserMedia: async () => stream })
    if (!opening.ok) throw new Error(opening.problem)
    await opening.camera.light?.(true)
    opening.camera.close()
    expect([lit, stopped]).toEqual([[true], 1])
  })
})
