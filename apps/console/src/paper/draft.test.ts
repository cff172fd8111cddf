import { describe, expect, it } from 'vitest'
import {
  draftOf,
  emptyForm,
  emptyPerson,
  isBegun,
  readCelsius,
  readDraft,
  readSymptoms,
  readTime,
} from './draft.ts'
import { placeName, readStays } from './read-places.ts'

const symptoms = ['fever', 'cough', 'fatigue']
const reader = { methods: { first: 'forehead', second: 'ear' } as const, symptoms, day: '2020-02-09' }

describe('what a clerk types', () => {
  it('is read as it stands on paper, with and without marks', () => {
    expect(['905', '14:30', '9:05', '2460', 'x', '14：30'].map(readTime)).toEqual([
      '09:05',
      '14:30',
      '09:05',
      undefined,
      undefined,
      '14:30',
    ])
    expect(['368', '36.8', '37', '36。5', '99', '3', '36.85'].map(readCelsius)).toEqual([
      36.8,
      36.8,
      37,
      36.5,
      undefined,
      undefined,
      undefined,
    ])
    expect(readSymptoms('13', symptoms)).toEqual(['fever', 'fatigue'])
    expect(readSymptoms('3，1、1', symptoms)).toEqual(['fatigue', 'fever'])
    expect(readSymptoms('0', symptoms)).toEqual([])
    expect(readSymptoms('4', symptoms)).toBeUndefined()
  })

  it('of stays is a place and a day, in the year that is not ahead', () => {
    expect(readStays('武汉 1-25；guangzhou 12.31', '2020-02-09')).toEqual([
      { areaCode: 420100, leftOn: '2020-01-25' },
      { areaCode: 440100, leftOn: '2019-12-31' },
    ])
    expect(readStays('武汉1月25日', '2020-02-09')).toEqual([{ areaCode: 420100, leftOn: '2020-01-25' }])
    expect(readStays('', '2020-02-09')).toEqual([])
    expect(readStays('武汉', '2020-02-09')).toBeUndefined()
    expect(readStays('武汉 2-30', '2020-02-09')).toBeUndefined()
  })

  it('becomes a form; what cannot be read is told and left out', () => {
    const draft = {
      ...emptyForm('id', '2'),
      serial: 'A-1',
      time: '25:00',
      plate: '无',
      people: [
        { ...emptyPerson(1), name: ' 张三 ', origin: 'zhongshan', first: '.', second: '36.x' },
        { ...emptyPerson(2), documentKind: 'none' as const, origin: '', first: '-' },
      ],
    }
    const { value, unread } = readDraft(draft, reader)
    expect(value).toEqual({
      serial: 'A-1',
      lane: 2,
      conveyance: { kind: 'car', withoutPlate: true },
      people: [
        {
          seat: 1,
          name: '张三',
          document: { kind: 'resident-id' },
          originCode: 442000,
          stays: [],
          contactWithCase: false,
          symptoms: [],
          readings: [{ method: 'forehead', underThreshold: true }],
        },
        {
          seat: 2,
          document: { kind: 'none' },
          stays: [],
          contactWithCase: false,
          symptoms: [],
          readings: [],
          noReading: true,
        },
      ],
    })
    expect(unread).toEqual([
      { field: 'time', seat: 0 },
      { field: 'second', seat: 1 },
    ])
    expect(isBegun(emptyForm('id', '1'))).toBe(false)
    expect(isBegun(draft)).toBe(true)
  })

  it('says by which run and in which place people came, and leaves a covered run as it was', () => {
    const draft = {
      ...emptyForm('id', '1'),
      kind: 'train' as const,
      run: 'g6123 2-8 05',
      people: [
        { ...emptyPerson(1), place: '012a' },
        { ...emptyPerson(2), place: 'window' },
      ],
    }
    const { value, unread } = readDraft(draft, reader)
    expect(value.conveyance.service).toEqual({ number: 'G6123', departsOn: '2020-02-08', carriage: '05' })
    expect(value.people.map(({ seatLabel }) => seatLabel)).toEqual(['12A', undefined])
    expect(unread).toEqual([{ field: 'place', seat: 2 }])
    expect(readDraft({ ...draft, run: 'G6123 window' }, reader).unread).toContainEqual({
      field: 'run',
      seat: 0,
    })
    const covered = readDraft({ ...draft, run: '', coveredRun: 'G***3 2020-02-08' }, reader).value
    expect(covered).toMatchObject({ serviceAsKept: true, conveyance: { kind: 'train' } })
    expect(covered.conveyance.service).toBeUndefined()
  })

  it('is mended with names left covered, and says so', () => {
    const nameOf = (code: number) => placeName(code, 'zh')
    const draft = draftOf(
      { id: 'id', revision: 3 },
      {
        time: '14:05',
        lane: 1,
        conveyance: { kind: 'car', withoutPlate: false, plateMasked: '粤C****1', serviceMasked: null },
        people: [
          {
            seat: 2,
            documentKind: 'passport',
            covered: [
              { field: 'name', masked: '王**' },
              { field: 'document', masked: 'E******21' },
            ],
            originCode: 442000,
            stays: [{ areaCode: 420100, leftOn: '2020-01-25' }],
            contactWithCase: true,
            symptoms: ['cough'],
            readings: [{ method: 'ear', temperatureCelsius: 36.6 }],
          },
        ],
      },
      { symptoms, nameOf },
    )
    const { value, unread } = readDraft(draft, reader)
    expect(unread).toEqual([])
    expect(value).toMatchObject({
      plateAsKept: true,
      conveyance: { kind: 'car' },
      people: [
        {
          seat: 2,
          asKept: ['name', 'document'],
          originCode: 442000,
          stays: [{ areaCode: 420100, leftOn: '2020-01-25' }],
          contactWithCase: true,
          symptoms: ['cough'],
          readings: [{ temperatureCelsius: 36.6 }],
        },
      ],
    })
    const [person] = draft.people
    if (person === undefined) throw new Error('nobody')
    const anew = readDraft({ ...draft, plate: '粤CA1234', people: [{ ...person, name: '李四' }] }, reader)
    expect(anew.value).toMatchObject({
      conveyance: { plate: '粤CA1234' },
      people: [{ name: '李四', asKept: ['document'] }],
    })
    expect(anew.value.plateAsKept).toBeUndefined()
  })
})
