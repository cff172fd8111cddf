import { lookAlikes } from '@guankou/domain/identity/look-alikes.ts'
import type { MrzLayout, Span } from '@guankou/domain/identity/mrz/layout.ts'
import type { Emissions } from './emissions.ts'
import { leftmostOf, type Pitch, pitchOf, spikesOf } from './pitch.ts'

/**
 * Machine readable zones are set in type of one pitch, so that a character's place tells its number in the line. A recogniser
 * loses count of fillers, which look all alike; the pitch does not.
 */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const digits = '0123456789'
export const mrzSymbols = `${letters}${digits}<`
const stride = mrzSymbols.length + 1

/** What a recogniser takes a filler for. */
export const mrzAliases: Readonly<Record<string, string>> = { '<': '＜〈《く«‹' }

const put = (lines: string[][], [line, from, to]: Span, symbols: string): void => {
  for (let at = from; at < to; at += 1) lines[line]?.splice(at, 1, symbols)
}

/** For each line and place, the characters that may stand there. */
export const mrzPlaces = (layout: MrzLayout): readonly (readonly string[])[] => {
  const lines = Array.from({ length: layout.lines }, () =>
    Array.from({ length: layout.width }, () => mrzSymbols),
  )
  for (const span of [layout.documentCode, layout.issuer, layout.nationality, layout.names])
    put(lines, span, `${letters}<`)
  for (const span of [layout.birth, layout.expiry]) put(lines, span, `${digits}<`)
  for (const [line, , to] of [layout.birth, layout.expiry]) put(lines, [line, to, to + 1], digits)
  const [line, , to] = layout.documentNumber
  put(lines, [line, to, to + 1], `${digits}<`)
  put(lines, layout.sex, 'FMX<')
  put(lines, layout.composite, digits)
  const [codeLine, codeFrom] = layout.documentCode
  put(lines, [codeLine, codeFrom, codeFrom + 1], layout.format === 'TD3' ? 'P' : 'ACI')
  return lines
}

export type SlotReading = {
  readonly lines: readonly string[]
  /** How sure each character is, 0 to 1. */
  readonly confidences: readonly (readonly number[])[]
  /** Logarithm; for comparing layouts of the same picture. */
  readonly score: number
}

/** A filler that left no trace at all, as against one that was seen. */
const unseenFiller = Math.log(0.1)

/** Logarithm for exactly one character within the steps: one of its columns at some of them, nothing at the others. */
const logWithin = (
  { logs }: Emissions,
  [from, to]: readonly [number, number],
  columns: readonly number[],
): number => {
  let sum = 0
  let nearest = Number.NEGATIVE_INFINITY
  for (let step = from; step < to; step += 1) {
    const blank = logs[step * stride] ?? 0
    let seen = Number.NEGATIVE_INFINITY
    for (const column of columns) seen = Math.max(seen, logs[step * stride + column] ?? 0)
    sum += Math.max(blank, seen)
    nearest = Math.max(nearest, seen - blank)
  }
  return nearest >= 0 ? sum : sum + nearest
}

const blankWithin = ({ logs }: Emissions, [from, to]: readonly [number, number]): number => {
  let sum = unseenFiller
  for (let step = from; step < to; step += 1) sum += logs[step * stride] ?? 0
  return sum
}

type Choice = { readonly symbol: string; readonly columns: readonly number[] }

const columnOf = (symbol: string): number => mrzSymbols.indexOf(symbol) + 1

/** What may stand at a place, and what it is taken for there: a digit among letters is the letter it looks like. */
const choicesOf = (allowed: string): readonly Choice[] =>
  [...allowed].map((symbol) => ({
    symbol,
    columns: [symbol, ...lookAlikes(symbol).filter((other) => !allowed.includes(other))].map(columnOf),
  }))

const choicesByPlace = new Map<string, readonly Choice[]>()

const choicesAt = (allowed: string): readonly Choice[] => {
  const known = choicesByPlace.get(allowed) ?? choicesOf(allowed)
  choicesByPlace.set(allowed, known)
  return known
}

type Slot = { readonly symbol: string; readonly log: number; readonly confidence: number }

const readSlot = (line: Emissions, steps: readonly [number, number], allowed: string): Slot => {
  let best = { symbol: '<', log: Number.NEGATIVE_INFINITY }
  let sum = 0
  for (const { symbol, columns } of choicesAt(allowed)) {
    const seen = logWithin(line, steps, columns)
    const log = symbol === '<' ? Math.max(seen, blankWithin(line, steps)) : seen
    sum += Math.exp(log)
    if (log > best.log) best = { symbol, log }
  }
  return { ...best, confidence: sum > 0 ? Math.exp(best.log) / sum : 0 }
}

/** How far the edge of a place may lie from where the pitch puts it, in steps, and what each step of it costs. */
const edgesTried = [-2, -1, 0, 1, 2]
const costOfEdge = 0.15

type Way = { readonly log: number; readonly slots: readonly Slot[] }

/** The best way through one line, its places side by side, each edge near where the pitch puts it. */
const readLine = (line: Emissions, places: readonly string[], { start, pitch }: Pitch): Way => {
  const edge = (place: number, shift: number): number =>
    Math.min(line.steps, Math.max(0, Math.round(start + place * pitch) + shift))
  const outside = (from: number, to: number): number => blankWithin(line, [from, to]) - unseenFiller
  let ways = edgesTried.map((shift): Way => ({ log: outside(0, edge(0, shift)), slots: [] }))
  for (const [place, allowed] of places.entries()) {
    ways = edgesTried.map((after): Way => {
      const to = edge(place + 1, after)
      let best: Way = { log: Number.NEGATIVE_INFINITY, slots: [] }
      for (const [at, before] of edgesTried.entries()) {
        const way = ways[at]
        const from = edge(place, before)
        if (way === undefined || to < from || way.log <= best.log) continue
        const slot = readSlot(line, [from, to], allowed)
        const log = way.log + slot.log - costOfEdge * Math.abs(after)
        if (log > best.log) best = { log, slots: [...way.slots, slot] }
      }
      return best
    })
  }
  const ended = ways.map((way, at) => ({
    ...way,
    log: way.log + outside(edge(places.length, edgesTried[at] ?? 0), line.steps),
  }))
  return ended.reduce((best, way) => (way.log > best.log ? way : best))
}

const readAt = (
  lines: readonly Emissions[],
  places: readonly (readonly string[])[],
  pitch: Pitch,
): SlotReading => {
  const ways = lines.map((line, at) => readLine(line, places[at] ?? [], pitch))
  return {
    lines: ways.map(({ slots }) => slots.map(({ symbol }) => symbol).join('')),
    confidences: ways.map(({ slots }) => slots.map(({ confidence }) => confidence)),
    score: ways.reduce((sum, { log }) => sum + log, 0),
  }
}

/** Names hold no three fillers in a row: what is read behind them is a filler that was taken for a letter. */
const withNamesEnded = (reading: SlotReading, { names: [line, from, to] }: MrzLayout): SlotReading => {
  const text = reading.lines[line] ?? ''
  const names = text.slice(from, to)
  const end = names.indexOf('<<<')
  if (end < 0) return reading
  const ended = text.slice(0, from) + names.slice(0, end).padEnd(to - from, '<') + text.slice(to)
  return { ...reading, lines: reading.lines.with(line, ended) }
}

/** How far around the pitch that the characters tell it is tried, in its parts, and around where they begin, in characters. */
const pitchesTried = [-0.012, -0.004, 0.004, 0.012]
const startsTried = [-0.3, 0, 0.3]

/**
 * The zone read by its pitch, which the spacing of its characters tells, and then by trying around it.
 * @param lines  emissions over `mrzSymbols` of lines that begin at the same place, one step as wide as another
 */
export const readMrzSlots = (lines: readonly Emissions[], layout: MrzLayout): SlotReading => {
  const places = mrzPlaces(layout)
  const spikes = lines.map(spikesOf)
  const pitch = pitchOf(spikes) ?? (lines[0]?.steps ?? 0) / layout.width
  const left = leftmostOf(spikes) - pitch / 2
  let best: SlotReading | undefined
  for (const part of pitchesTried)
    for (const shift of startsTried) {
      const read = readAt(lines, places, { start: left + shift * pitch, pitch: pitch * (1 + part) })
      if (best === undefined || read.score > best.score) best = read
    }
  return withNamesEnded(best ?? readAt(lines, places, { start: left, pitch }), layout)
}
