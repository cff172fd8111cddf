import { type Command, InvalidArgumentError, Option } from 'commander'
import { wholeNumber } from '#src/cli/options.ts'
import { decimal } from '../options.ts'

export const methods = [
  'ears-c1',
  'ears-c2',
  'ears-c3',
  'ears-c3-rpkg',
  'farrington-flexible',
  'farrington',
  'glr-poisson',
  'glr-nb',
] as const

export type Method = (typeof methods)[number]

export type DetectOptions = {
  readonly series: string
  readonly method: Method
  readonly format: 'csv' | 'json'
  readonly timeColumn?: string
  readonly countColumn?: string
  readonly populationColumn?: string
  readonly from?: string
  readonly to?: string
  readonly freq?: number
  readonly alpha?: number
  readonly baseline?: number
  readonly minSigma?: number
  readonly b?: number
  readonly w?: number
  readonly reweight?: boolean
  readonly weightsThreshold?: number
  readonly trend?: boolean
  readonly pThresholdTrend?: number
  readonly limit54?: readonly [number, number]
  readonly powerTrans?: 'none' | '1/2' | '2/3'
  readonly noPeriods?: number
  readonly pastWeeksNotIncluded?: number
  readonly thresholdMethod?: 'delta' | 'nbPlugin' | 'muan'
  readonly cArl?: number
  readonly theta?: number
  readonly dir?: 'inc' | 'dec'
  readonly s?: number
  readonly refit?: boolean
  readonly m?: number
  readonly mtilde?: number
  readonly ret?: 'value' | 'cases'
}

const flag = (text: string): boolean => {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  throw new InvalidArgumentError('give true or false')
}

const casesInPoints = (text: string): readonly [number, number] => {
  const [cases = '', points = '', ...rest] = text.split(/[,/]/)
  const pair = [wholeNumber(0, 1e6)(cases), wholeNumber(1, 1e6)(points)] as const
  if (rest.length > 0) throw new InvalidArgumentError('give two numbers, as 5,4')
  return pair
}

type Parameter = {
  readonly flags: string
  readonly says: string
  readonly parse?: (text: string) => unknown
  readonly choices?: readonly string[]
  readonly of: readonly RegExp[]
}

const ears = /^ears/
const flexible = /^farrington-flexible$/
const farrington = /^farrington/
const glr = /^glr/
const any = /./

/** Every parameter with the methods that know it; names are those of the R package surveillance, defaults too. */
const parameters: readonly Parameter[] = [
  {
    flags: '--freq <number>',
    says: 'time points per year; from the dates, else 52',
    parse: wholeNumber(1, 100_000),
    of: [farrington, glr],
  },
  {
    flags: '--population-column <name>',
    says: 'persons screened or at risk: watch rates',
    of: [farrington, glr],
  },
  {
    flags: '--alpha <number>',
    says: 'level (EARS 0.001, C3 of the R package 0.025, Farrington 0.05), or dispersion of GLR-NB (estimated)',
    parse: decimal(0, 1e6),
    of: [any],
  },
  {
    flags: '--baseline <number>',
    says: 'length of the baseline (7)',
    parse: wholeNumber(3, 1_000),
    of: [ears],
  },
  {
    flags: '--min-sigma <number>',
    says: 'least standard deviation of a baseline (0)',
    parse: decimal(0, 1e9),
    of: [ears],
  },
  { flags: '--b <number>', says: 'years of reference (5)', parse: wholeNumber(1, 50), of: [farrington] },
  {
    flags: '--w <number>',
    says: 'half width of the window about the same time of the year (3)',
    parse: wholeNumber(0, 1_000),
    of: [farrington],
  },
  {
    flags: '--reweight <true|false>',
    says: 'weigh past outbreaks down (true)',
    parse: flag,
    of: [farrington],
  },
  {
    flags: '--weights-threshold <number>',
    says: 'residual above which a count weighs less (2.58)',
    parse: decimal(0, 1e6),
    of: [flexible],
  },
  {
    flags: '--trend <true|false>',
    says: 'trend in time (Farrington true, GLR false)',
    parse: flag,
    of: [farrington, glr],
  },
  {
    flags: '--p-threshold-trend <number>',
    says: 'keep the trend where its p-value is below (0.05)',
    parse: decimal(0, 1),
    of: [flexible],
  },
  {
    flags: '--limit54 <cases,points>',
    says: 'no alarm with fewer cases in the last time points (5,4)',
    parse: casesInPoints,
    of: [farrington],
  },
  {
    flags: '--power-trans <power>',
    says: 'power at which counts are symmetric (2/3)',
    choices: ['2/3', '1/2', 'none'],
    of: [farrington],
  },
  {
    flags: '--no-periods <number>',
    says: 'levels of the season (1)',
    parse: wholeNumber(1, 200),
    of: [flexible],
  },
  {
    flags: '--past-weeks-not-included <number>',
    says: 'last time points that are left out (w)',
    parse: wholeNumber(0, 10_000),
    of: [flexible],
  },
  {
    flags: '--threshold-method <name>',
    says: 'how the bound is found (delta)',
    choices: ['delta', 'nbPlugin', 'muan'],
    of: [flexible],
  },
  { flags: '--c-arl <number>', says: 'threshold of the statistic (5)', parse: decimal(1e-9, 1e9), of: [glr] },
  {
    flags: '--theta <number>',
    says: 'ln of the factor looked for; every factor without it',
    parse: decimal(-50, 50),
    of: [glr],
  },
  { flags: '--dir <direction>', says: 'increase or decrease (inc)', choices: ['inc', 'dec'], of: [glr] },
  { flags: '--s <number>', says: 'harmonics of the seasonal mean (1)', parse: wholeNumber(0, 50), of: [glr] },
  {
    flags: '--refit <true|false>',
    says: 'estimate the mean again after an alarm (false)',
    parse: flag,
    of: [glr],
  },
  {
    flags: '--m <number>',
    says: 'changes at most so many time points back, -1 for no limit (-1)',
    parse: wholeNumber(-1, 1_000_000),
    of: [glr],
  },
  {
    flags: '--mtilde <number>',
    says: 'time points that a change must have lasted (1)',
    parse: wholeNumber(1, 1_000_000),
    of: [glr],
  },
  {
    flags: '--ret <what>',
    says: 'upperbound holds the statistic, or the least count that is an alarm (value)',
    choices: ['value', 'cases'],
    of: [glr],
  },
]

const optionOf = ({ flags, says, parse, choices }: Parameter): Option => {
  const option = new Option(flags, says)
  // R calls it noPeriods; it switches nothing off.
  option.negate = false
  if (choices !== undefined) option.choices([...choices])
  if (parse !== undefined) option.argParser(parse)
  return option
}

export const withParameters = (command: Command): Command => {
  for (const parameter of parameters) command.addOption(optionOf(parameter))
  return command
}

/** Options that were given and that this method does not know. */
export const foreignOptions = (given: Readonly<Record<string, unknown>>, method: Method): string[] =>
  parameters
    .filter(({ of }) => !of.some((pattern) => pattern.test(method)))
    .map(optionOf)
    .filter((option) => given[option.attributeName()] !== undefined)
    .map((option) => option.long ?? option.flags)
