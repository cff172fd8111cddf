import type { Tally } from '@guankou/contract/situation/endpoints.ts'
import type { Decision } from '#src/screening/disposition.ts'

export const emptyTally: Tally = Object.freeze({
  vehicles: 0,
  travellers: 0,
  febrile: 0,
  feverConfirmed: 0,
  secondChecks: 0,
  quarantined: 0,
  turnedBack: 0,
  referred: 0,
})

/** The sum of two tallies. */
export const addTallies = (a: Tally, b: Tally): Tally => ({
  vehicles: a.vehicles + b.vehicles,
  travellers: a.travellers + b.travellers,
  febrile: a.febrile + b.febrile,
  feverConfirmed: a.feverConfirmed + b.feverConfirmed,
  secondChecks: a.secondChecks + b.secondChecks,
  quarantined: a.quarantined + b.quarantined,
  turnedBack: a.turnedBack + b.turnedBack,
  referred: a.referred + b.referred,
})

/** What one screening adds to the counts: one vehicle, and its travellers by finding and disposition. */
export const tallyOf = (decisions: readonly Decision[]): Tally => {
  const count = (test: (decision: Decision) => boolean): number => decisions.filter(test).length
  return {
    vehicles: 1,
    travellers: decisions.length,
    febrile: count((decision) => decision.fever !== 'none'),
    feverConfirmed: count((decision) => decision.fever === 'confirmed'),
    secondChecks: count((decision) => decision.disposition === 'second-check'),
    quarantined: count(
      (decision) =>
        decision.disposition === 'home-quarantine' || decision.disposition === 'central-quarantine',
    ),
    turnedBack: count((decision) => decision.disposition === 'turned-back'),
    referred: count((decision) => decision.disposition === 'referred'),
  }
}
