import type { CaptureRead, CaptureWant } from '../reading/reads.ts'
import type { OcrParts } from './ocr.ts'

/** What the page asks of the worker. Bytes are handed over, not copied. */
export type CaptureRequest =
  | { readonly do: 'open-codes'; readonly id: number; readonly runtime: ArrayBuffer }
  | { readonly do: 'open-ocr'; readonly id: number; readonly parts: OcrParts }
  | {
      readonly do: 'read'
      readonly id: number
      readonly want: CaptureWant
      readonly width: number
      readonly height: number
      readonly pixels: ArrayBuffer
      /** Local day, YYYY-MM-DD. */
      readonly today: string
    }

export type CaptureAnswer =
  | { readonly id: number; readonly ok: true; readonly read: CaptureRead | undefined }
  | { readonly id: number; readonly ok: false; readonly problem: string }
