export const textsEn = {
  title: 'Checkpoint notice',
  titleOf: 'Checkpoint notice for {{city}}',
  skip: 'Skip to content',
  language: '中文',
  languageHint: '用中文阅读',
  print: 'Print',
  demo: 'This is a demonstration, not a real notice: city, posts and rules are for show.',
  loading: 'Reading the notice…',
  failed: 'The notice could not be read',
  failedText: 'Check the network and try again; inspectors have the notice on paper.',
  retry: 'Try again',
  none: 'No screening is under way, and nothing is being collected.',
  askedTitle: 'What you are asked, and why',
  asked: {
    vehicle: {
      what: 'The plate, and everyone aboard',
      why: 'If someone aboard turns out to be ill, the others can be told quickly. A vehicle without a plate is simply noted as such.',
    },
    document: {
      what: 'A document',
      why: 'Used to reach you only if something was found. Without a document you are screened all the same.',
    },
    places: {
      what: 'Where you have been in the last {{days}} days',
      why: 'To know whether you were in an affected area. What counts is where you were, never where you are registered, born or belong; a plate from elsewhere leads to a question, not to a verdict.',
    },
    contact: {
      what: 'Whether you were with someone who is ill',
      why: 'People who were need care and watching early.',
    },
    temperature: {
      what: 'Your temperature',
      why: 'At {{threshold}} or more nothing is decided yet: you rest a while and are measured again, and the second reading counts.',
    },
    symptoms: {
      what: 'Whether you have any of these: {{symptoms}}',
      why: 'Symptoms show illness where the temperature is normal.',
    },
  },
  noPhone:
    'People without a phone pass as well: the inspector writes things down, and no code has to be shown.',
  rulesTitle: 'How it is decided',
  rulesLead:
    'The rules are public and the same for everyone. Where several apply, the strictest is taken, and the inspector tells you which.',
  ruleId: 'Rule',
  ruleReason: 'When',
  ruleOutcome: 'Then',
  renewed: 'Renewed on {{day}} by {{name}} ({{role}}). Ground: {{ground}}.',
  untilTitle: 'Until when this is collected',
  until:
    'From {{from}} until {{until}}. After that a named person must renew it, or collection stops by itself.',
  version: 'Rules, version {{version}}',
  dataTitle: 'What becomes of your answers',
  data: {
    use: 'Collected for health, used for health, and for nothing else.',
    faces:
      'No faces are recognised and nobody is followed: beyond the check itself, where you go is not recorded.',
    score: 'Nobody is scored, or treated differently for birthplace, registration or ethnicity.',
    speech: 'What people say online is not recorded.',
    sealed:
      'Names, documents, phones and plates are encrypted, with a key for each day and district; the command centre sees totals alone.',
    look: 'Whoever looks a person up has to state purpose and reason, sees covered fields first and one by one in full, and every time is written where the person sees it.',
    kept: 'Keys of identities are usually destroyed after 28 days, which closes them in backups too; findings are kept for 180 days. Each destruction has a signed certificate.',
    small: 'In published figures, counts under 5 are not shown.',
  },
  rightsTitle: 'Your rights',
  rights: {
    slip: 'After the screening you may have a slip, on the phone or printed; its code is no pass.',
    see: 'With the code and the last four characters of your document (without papers, of your phone) you see what is held, the outcome and why, until when it is held, and who looked.',
    ask: 'You may ask for a correction, a release or review, an explanation or erasure; you are answered within thirty days as a rule. The record stays, and the correction stands beside it.',
    desk: 'No phone, no slip: any desk prints the page for you after checking in person, and helps you to ask on it.',
    contact: 'Whom to ask: any desk or post lead; the data-protection officer sees to it.',
  },
  releasedLink: 'Check whether a certificate of release is genuine',
  rightsLink: 'See what is held about me',
  postsTitle: 'Where people are screened',
  postsCount: '{{count}} posts',
  postName: 'Post',
  postType: 'Type',
  postLanes: 'Lanes',
  illustrative: 'illustrative',
  illustrativeNote:
    'Names or positions marked “illustrative” are made up for the demonstration and are no public facts.',
  footer: 'This page has no accounts and no trackers, and keeps nothing about you.',
  apiDocs: 'Open data interface',
} as const
