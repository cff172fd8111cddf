import type { CaptureWant } from '../reading/reads.ts'
import type { Raster } from '../vision/raster.ts'
import { readIn, readSize, regionOf } from './aim.ts'

export type FrameTaker = {
  /** What is in the frame now; nothing while the camera has not shown anything. */
  readonly take: (video: HTMLVideoElement, want: CaptureWant) => Raster | undefined
  /** Forgets the last picture. */
  readonly clear: () => void
}

/** Takes single pictures from the running camera through one canvas, which never enters the page. */
export const createFrameTaker = (): FrameTaker => {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return {
    take: (video, want) => {
      if (context === null || video.videoWidth === 0) return undefined
      const view = { width: video.clientWidth, height: video.clientHeight }
      const picture = { width: video.videoWidth, height: video.videoHeight }
      const region = regionOf(picture, view, readIn(view, want))
      const size = readSize(region, want)
      if (region.width < 1 || region.height < 1) return undefined
      canvas.width = size.width
      canvas.height = size.height
      const { x, y, width, height } = region
      context.drawImage(video, x, y, width, height, 0, 0, size.width, size.height)
      const { data } = context.getImageData(0, 0, size.width, size.height)
      context.clearRect(0, 0, size.width, size.height)
      return { ...size, data }
    },
    clear: () => {
      canvas.width = 0
      canvas.height = 0
    },
  }
}
