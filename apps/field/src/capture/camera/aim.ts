import type { CaptureWant } from '../reading/reads.ts'

export type Size = { readonly width: number; readonly height: number }
export type Region = Size & { readonly x: number; readonly y: number }

/** What share of the view the frame takes at most, and its sides: a code, a plate with room to miss, a card or page. */
const frames: Readonly<Record<CaptureWant, { readonly share: number; readonly ratio: number }>> = {
  qr: { share: 0.8, ratio: 1 },
  plate: { share: 0.94, ratio: 2.2 },
  document: { share: 0.96, ratio: 1.5 },
}

/** The frame in the middle of the view, in pixels of the view. */
export const aimIn = (view: Size, want: CaptureWant): Region => {
  const { share, ratio } = frames[want]
  const width = Math.min(view.width * share, view.height * share * ratio)
  const height = width / ratio
  return { x: (view.width - width) / 2, y: (view.height - height) / 2, width, height }
}

/** Codes are found wherever they are; their frame only says where to hold them. */
export const readIn = (view: Size, want: CaptureWant): Region =>
  want === 'qr' ? { x: 0, y: 0, ...view } : aimIn(view, want)

/**
 * What part of the camera's picture lies in the frame, where the picture fills the view and is cut at its edges (object-fit:
 * cover).
 */
export const regionOf = (picture: Size, view: Size, aim: Region): Region => {
  const scale = Math.max(view.width / picture.width, view.height / picture.height)
  const left = (picture.width * scale - view.width) / 2
  const top = (picture.height * scale - view.height) / 2
  const x = Math.max(0, Math.round((aim.x + left) / scale))
  const y = Math.max(0, Math.round((aim.y + top) / scale))
  return {
    x,
    y,
    width: Math.min(picture.width - x, Math.round(aim.width / scale)),
    height: Math.min(picture.height - y, Math.round(aim.height / scale)),
  }
}

/** Longest side of what is read; more pixels cost time and tell nothing. */
const longestSide: Readonly<Record<CaptureWant, number>> = { qr: 960, plate: 960, document: 1280 }

/** The size in which a region is read: never larger than it is. */
export const readSize = (region: Size, want: CaptureWant): Size => {
  const scale = Math.min(1, longestSide[want] / Math.max(region.width, region.height))
  return {
    width: Math.max(1, Math.round(region.width * scale)),
    height: Math.max(1, Math.round(region.height * scale)),
  }
}
