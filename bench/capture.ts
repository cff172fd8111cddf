/**
 * Reading pictures on the phone: plates, identity cards, machine readable zones and codes that the project draws itself, by seed. One
 * picture is one try; the scanner of the app looks again and again. Real plates, cards and phones were not available: the rates tell
 * when a change makes them worse, not what a post will see.
 */
import { openPictures, type Pictures } from '../apps/field/journey/films.ts'
import { openBrowser } from '../apps/field/journey/phone.ts'
import type { SceneName, Trial } from '../apps/field/journey/pictures/trials.ts'
import { type Outcome, outcomeOf, type Tally, tallyOf } from './capture/outcomes.ts'

const [platesAsked = '120', documentsAsked = '24', scenesAsked] = process.argv.slice(2)
const many: Readonly<Record<Exclude<SceneName, 'handover'>, number>> = {
  plate: Number(platesAsked),
  card: Number(documentsAsked),
  zone: Number(documentsAsked),
  code: Number(documentsAsked),
}
const scenes = (['plate', 'card', 'zone', 'code'] as const).filter(
  (name) => scenesAsked === undefined || scenesAsked.split(',').includes(name),
)

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const measure = async <Name extends SceneName>(
  pictures: Pictures,
  name: Name,
  seeds: number,
): Promise<Tally> => {
  const outcomes: Outcome[] = []
  const opened = await pictures.open(name)
  for (let seed = 0; seed < seeds; seed += 1) {
    const trial: Trial<Name> = await pictures.trial(name, seed)
    if (!trial.isGone) throw new Error(`the picture of ${name} ${seed} was not handed over`)
    const outcome = outcomeOf(name, trial)
    outcomes.push(outcome)
    if (outcome.is !== 'exact')
      say(
        `${name} ${seed} ${outcome.is}: ${JSON.stringify(trial.drawn)} ${JSON.stringify(trial.read ?? null)}`,
      )
  }
  return tallyOf(outcomes, opened)
}

const browser = await openBrowser()
try {
  const pictures = await openPictures(browser)
  const result: Record<string, unknown> = {}
  for (const name of scenes) {
    result[name] = await measure(pictures, name, many[name])
    say(`${name}: ${JSON.stringify(result[name])}`)
  }
  console.log(JSON.stringify({ bench: 'capture', synthetic: true, ...result }))
  await pictures.close()
} finally {
  await browser.close()
}
