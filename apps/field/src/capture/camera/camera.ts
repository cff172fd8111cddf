/** Why there is no picture; each has its own words and the same way out, which is typing. */
export type CameraProblem = 'no-camera' | 'refused' | 'busy'

export type Camera = {
  readonly stream: MediaStream
  /** Turns the lamp on or off; absent where the phone has none that can be told. */
  readonly light?: (on: boolean) => Promise<void>
  readonly close: () => void
}

export type Opening =
  | { readonly ok: true; readonly camera: Camera }
  | { readonly ok: false; readonly problem: CameraProblem }

type Devices = Pick<MediaDevices, 'getUserMedia'>

/** The lamp is known to some browsers alone, and not to the types. */
type Lit = MediaTrackCapabilities & { readonly torch?: boolean }

const problemOf = (cause: unknown): CameraProblem => {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'no-camera'
}

const lightOf = (track: MediaStreamTrack | undefined): Camera['light'] => {
  const can = track?.getCapabilities?.() as Lit | undefined
  if (track === undefined || can?.torch !== true) return undefined
  return (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
}

/** As the sensor gives it: cut to a size by the browser, a phone held upright would show a strip of the middle. */
const wanted: MediaTrackConstraints & { readonly resizeMode: string } = {
  facingMode: { ideal: 'environment' },
  width: { ideal: 1920 },
  height: { ideal: 1080 },
  resizeMode: 'none',
}

/**
 * The camera at the back. The picture stays in this page: nothing records it, and closing ends it at once.
 * @param devices  `navigator.mediaDevices`, which is missing where the page did not come by TLS
 */
export const openCamera = async (devices: Devices | undefined): Promise<Opening> => {
  if (devices === undefined) return { ok: false, problem: 'no-camera' }
  try {
    const stream = await devices.getUserMedia({ audio: false, video: wanted })
    const light = lightOf(stream.getVideoTracks()[0])
    const close = (): void => {
      for (const track of stream.getTracks()) track.stop()
    }
    return { ok: true, camera: { stream, close, ...(light === undefined ? {} : { light }) } }
  } catch (cause) {
    return { ok: false, problem: problemOf(cause) }
  }
}
