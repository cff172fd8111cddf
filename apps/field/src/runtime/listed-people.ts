import { mostListed } from '@guankou/contract/matching/listed.ts'
import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import type { MatchBook } from './match-book.ts'

const listed = async (matches: MatchBook, content: PackContent, traveller: Traveller): Promise<Traveller> => {
  const { number } = traveller.document
  if (number === undefined) return traveller
  const found = await matches.listedOf(content, number)
  return found.length === 0 ? traveller : { ...traveller, listed: found.slice(0, mostListed) }
}

/**
 * A command with the lists that the documents aboard stand on now: the rules look at them, here and at the server, and again whenever
 * the decision is replayed. A plate prompts a question and is no finding about anybody aboard.
 */
export const withListed = async (
  matches: MatchBook,
  content: PackContent,
  command: RecordScreening,
): Promise<RecordScreening> => ({
  ...command,
  travellers: await Promise.all(command.travellers.map((each) => listed(matches, content, each))),
})
