import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const overrideTextsEn = {
  title: 'Decide otherwise',
  lead: 'What the rules gave stays; your decision stands beside it. It can be recorded without a network.',
  code: 'Code on the slip',
  codeHint: 'the 12 characters on the slip that the inspector gave out',
  codeWrong: 'This is no code; compare it once more',
  person: 'seat {{seat}}',
  here: 'Recorded here: {{plate}}, the vehicle ended as “{{disposition}}”',
  elsewhere: 'Not recorded on this phone; the server will check',
  to: 'Instead',
  ground: 'Ground',
  words: 'In your words',
  wordsHint: 'Kept sealed; write nothing that is not about the decision.',
  second: 'What is milder than the rules let one lead give waits for another lead or the commander.',
  submit: 'Record the override',
  done: 'Recorded: {{disposition}}',
  doneText: 'It is sent as soon as there is a network; see Records for what became of it.',
  another: 'Another person',
  record: 'Override {{code}}',
  full: 'The phone is full; nothing was saved.',
} as const satisfies TextTree
