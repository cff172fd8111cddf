import type { Tone } from '#src/lane/grounds.ts'
import type { Settings } from '#src/runtime/settings.ts'

/** Milliseconds of vibration and pause. */
const patterns: Readonly<Record<Tone, readonly number[]>> = {
  calm: [40],
  advice: [40, 80, 40],
  look: [120, 80, 120],
  act: [300, 100, 300, 100, 300],
}

/** Pitches in hertz, one after the other. */
const tunes: Readonly<Record<Tone, readonly number[]>> = {
  calm: [880],
  advice: [880, 660],
  look: [660, 660],
  act: [440, 440, 440],
}

const noteSeconds = 0.14

const play = (pitches: readonly number[]): void => {
  const audio = new AudioContext()
  const loudness = audio.createGain()
  loudness.gain.value = 0.2
  loudness.connect(audio.destination)
  for (const [index, pitch] of pitches.entries()) {
    const oscillator = audio.createOscillator()
    oscillator.frequency.value = pitch
    oscillator.connect(loudness)
    oscillator.start(audio.currentTime + index * noteSeconds * 1.4)
    oscillator.stop(audio.currentTime + index * noteSeconds * 1.4 + noteSeconds)
  }
  setTimeout(() => void audio.close(), pitches.length * noteSeconds * 2_000)
}

/** Lets an outcome be felt and heard, as far as the phone and its owner allow. */
export const signalOutcome = (tone: Tone, settings: Settings): void => {
  if (settings.vibration && 'vibrate' in navigator) navigator.vibrate([...patterns[tone]])
  if (settings.sound && 'AudioContext' in window) play(tunes[tone])
}
