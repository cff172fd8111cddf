import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { type Camera, type CameraProblem, openCamera } from '#src/capture/camera/camera.ts'
import { createFrameTaker } from '#src/capture/camera/frame.ts'
import { leaveEngine, takeEngine } from '#src/capture/engine-at-hand.ts'
import { areKept, codeParts, type Progress, textParts } from '#src/capture/parts/capture-files.ts'
import { agreedKey, type Look } from '#src/capture/reading/consensus.ts'
import { type CaptureRead, type CaptureWant, keyOf } from '#src/capture/reading/reads.ts'
import { localDay } from './local-day.ts'

export type ScanState =
  | { readonly is: 'asking' }
  | { readonly is: 'loading'; readonly progress: Progress | undefined }
  | { readonly is: 'looking' }
  | { readonly is: 'found'; readonly read: CaptureRead }
  | { readonly is: 'no-picture'; readonly problem: CameraProblem }
  | { readonly is: 'no-reader' }

/** Pause between two looks, so that the phone stays cool and its keys quick. */
const pauseMs = 80

const confidenceOf = (read: CaptureRead): number => {
  if (read.is === 'qr') return 1
  return read.is === 'plate' ? read.confidence : read.number.confidence
}

/** Looks again and again until what is seen is agreed on. @returns the reading, or nothing once it was stopped */
const lookUntilAgreed = async (
  video: HTMLVideoElement,
  want: CaptureWant,
  isStopped: () => boolean,
): Promise<CaptureRead | undefined> => {
  const frames = createFrameTaker()
  const looks: (Look & { readonly read: CaptureRead })[] = []
  try {
    while (!isStopped()) {
      const raster = frames.take(video, want)
      const read =
        raster === undefined ? undefined : await takeEngine().read(want, raster, localDay(Date.now()))
      if (isStopped()) return undefined
      if (read !== undefined) {
        looks.push({ key: keyOf(read), confidence: confidenceOf(read), read })
        const key = agreedKey(looks)
        if (key !== undefined) return looks.findLast((look) => look.key === key)?.read
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    return undefined
  } finally {
    frames.clear()
  }
}

const useCamera = (video: RefObject<HTMLVideoElement | null>) => {
  const [camera, setCamera] = useState<Camera>()
  const [problem, setProblem] = useState<CameraProblem>()
  useEffect(() => {
    const element = video.current
    let left = false
    let open: Camera | undefined
    void openCamera(navigator.mediaDevices).then((opening) => {
      if (!opening.ok) {
        setProblem(opening.problem)
        return
      }
      if (left) opening.camera.close()
      else {
        open = opening.camera
        if (element !== null) element.srcObject = open.stream
        setCamera(open)
      }
    })
    return () => {
      left = true
      open?.close()
      if (element !== null) element.srcObject = null
    }
  }, [video])
  return { camera, problem }
}

type Reader =
  | { readonly is: 'unknown' | 'asking' | 'ready' | 'failed' }
  | { readonly is: 'loading'; readonly progress?: Progress }

/** Codes are small and come by themselves; the models are asked for first, where they are not on the phone. */
const useReader = (want: CaptureWant) => {
  const [reader, setReader] = useState<Reader>({ is: 'unknown' })
  const load = useCallback(async () => {
    setReader({ is: 'loading' })
    try {
      await takeEngine().prepare(want, (progress) => setReader({ is: 'loading', progress }))
      setReader({ is: 'ready' })
    } catch {
      setReader({ is: 'failed' })
    }
  }, [want])
  useEffect(() => {
    void areKept(want === 'qr' ? codeParts : textParts).then((kept) => {
      if (kept || want === 'qr') void load()
      else setReader({ is: 'asking' })
    })
    return leaveEngine
  }, [want, load])
  return { reader, load }
}

/** Camera, reader and looking, as one state for the screen. */
export const useScan = (want: CaptureWant) => {
  const video = useRef<HTMLVideoElement>(null)
  const { camera, problem } = useCamera(video)
  const { reader, load } = useReader(want)
  const [found, setFound] = useState<CaptureRead>()
  const isLooking = camera !== undefined && reader.is === 'ready' && found === undefined
  const [lookFailed, setLookFailed] = useState(false)
  useEffect(() => {
    const element = video.current
    if (!isLooking || element === null) return
    let stopped = false
    lookUntilAgreed(element, want, () => stopped).then(
      (read) => read !== undefined && !stopped && setFound(read),
      () => setLookFailed(true),
    )
    return () => {
      stopped = true
    }
  }, [isLooking, want])
  const state = ((): ScanState => {
    if (problem !== undefined) return { is: 'no-picture', problem }
    if (reader.is === 'failed' || lookFailed) return { is: 'no-reader' }
    if (found !== undefined) return { is: 'found', read: found }
    if (reader.is === 'asking') return { is: 'asking' }
    if (reader.is === 'loading') return { is: 'loading', progress: reader.progress }
    return isLooking ? { is: 'looking' } : { is: 'loading', progress: undefined }
  })()
  return { video, state, light: camera?.light, load, again: () => setFound(undefined) }
}
