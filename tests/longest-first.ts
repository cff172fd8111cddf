import type { TestSpecification } from 'vitest/node'
import { BaseSequencer } from 'vitest/node'

/** Files that mostly wait for a page; the others mostly compute. */
const waits = ({ moduleId }: TestSpecification): boolean => /\.(browser|journey)\.test\.tsx?$/.test(moduleId)
const isLong = ({ moduleId }: TestSpecification): boolean => /\.pg\.|\/cli\//.test(moduleId)

/**
 * Long files first, so that none is left over at the end, and those that wait for a page beside those that compute, so
 * that the cores are never idle and never wanted by pages alone.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const waiting = sorted.filter(waits)
    const computing = sorted
      .filter((file) => !waits(file))
      .sort((a, b) => Number(isLong(b)) - Number(isLong(a)))
    return computing
      .flatMap((file, at) => [...waiting.slice(at, at + 1), file])
      .concat(waiting.slice(computing.length))
  }
}
