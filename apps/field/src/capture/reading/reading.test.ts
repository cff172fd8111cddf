import { describe, expect, it } from 'vitest'
import { isLabel, nameBoxes, nameIn, numberBoxes } from './card-layout.ts'
import { agreedKey } from './consensus.ts'
import { onlySymbols } from './emissions.ts'
import { greedyText } from './greedy-text.ts'

const keys = ['王', '小', '1', '2']
/** Probabilities over blank and the four keys, one class sure at each step. */
const sure = (...classes: readonly number[]) => ({
  steps: classes.length,
  classes: 5,
  probabilities: Float32Array.from(
    classes.flatMap((each) => [0, 1, 2, 3, 4].map((at) => (at === each ? 0.9 : 0.025))),
  ),
})

describe('a text that no rule binds', () => {
  it('is read without blanks and repeats, with the mean of its characters', () => {
    const read = greedyText(sure(1, 1, 0, 2, 0, 2), keys)
    expect(read.text).toBe('王小小')
    expect(read.confidence).toBeCloseTo(0.9)
    expect(greedyText(sure(0, 0), keys)).toEqual({ text: '', confidence: 0 })
  })
})

describe('a number beside its label', () => {
  it('does not suffer from the label', () => {
    const { logs } = onlySymbols(sure(1, 2, 3), keys, '12')
    expect([...logs].map((log) => Math.round(Math.exp(log) * 1000) / 1000)).toEqual([
      0.95, 0.025, 0.025, 0.95, 0.025, 0.025, 0.075, 0.9, 0.025,
    ])
  })
})

describe('looks at moving pictures', () => {
  const look = (key: string, confidence: number) => ({ key, confidence })
  it.each([
    ['one that is sure', [look('a', 0.97)], 'a'],
    ['one that is not', [look('a', 0.7)], undefined],
    ['two that agree', [look('a', 0.7), look('a', 0.5)], 'a'],
    ['two that agree with another between', [look('a', 0.7), look('b', 0.6), look('a', 0.5)], 'a'],
    ['two that differ', [look('a', 0.7), look('b', 0.6)], undefined],
    ['too doubtful ones', [look('a', 0.2), look('a', 0.2)], undefined],
    ['none', [], undefined],
    ['ones too long ago', [look('a', 0.7), ...Array(4).fill(look('b', 0.1)), look('a', 0.5)], undefined],
  ])('%s', (_, looks, key) => {
    expect(agreedKey(looks)).toBe(key)
  })
})

describe('the front of a card', () => {
  const size = { width: 856, height: 540 }
  const box = (x: number, y: number, width: number, height: number) => ({
    centre: { x, y },
    width,
    height,
    angle: 0,
    score: 0.9,
  })
  const name = box(200, 70, 110, 40)
  const label = box(90, 72, 70, 34)
  const address = box(330, 300, 420, 36)
  const number = box(520, 480, 560, 40)
  const boxes = [address, number, name, label]

  it('has its number in the lowest line and its name in the highest', () => {
    expect(numberBoxes(boxes, size)).toEqual([number, address])
    expect(nameBoxes(boxes, size)).toEqual([label, name])
  })

  it.each([
    ['姓名王小明', '王小明'],
    ['名王小明', '王小明'],
    ['买买提·艾力', '买买提·艾力'],
    ['姓名', ''],
    ['ABC', ''],
  ])('says of %s that the name is %j', (text, expected) => {
    expect(nameIn(text)).toBe(expected)
  })

  it('knows its labels', () => {
    expect(['性别女', '民族汉', '王小明'].map(isLabel)).toEqual([true, true, false])
  })
})
