import type { ErrorEntry } from './error-entry.ts'

/** Refusals around lists that are imported and called. */
export const worklistErrors = {
  UNKNOWN_WORKLIST: {
    status: 404,
    retry: 'never',
    text: { zh: '本辖区没有这份名单或这一行。', en: 'There is no such list, or no such row, in this area.' },
  },
  /** What a register told of households is fact by then: a team undoes what is wrong, one by one. */
  WORKLIST_IS_REGISTER: {
    status: 409,
    retry: 'never',
    text: {
      zh: '名册里的住户已经入库，不能整份撤回；有误的由社区小组逐条撤销。',
      en: 'The households of a register are on file and are not taken back as a whole; a team undoes what is wrong, one by one.',
    },
  },
  WORKLIST_NOT_BROUGHT: {
    status: 409,
    retry: 'never',
    text: {
      zh: '复查名单由系统编制，不能撤回，也不能拆分。',
      en: 'Lists of a rescreening are made by the system; they are neither taken back nor taken apart.',
    },
  },
  UNKNOWN_CLERK: {
    status: 422,
    retry: 'never',
    text: { zh: '本辖区没有这名排查员。', en: 'There is no such clerk in this area.' },
  },
  WORKLIST_FILE_KNOWN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这个文件已经导入过。如有更正，请用退回文件改好后再导入。',
      en: 'This file was brought already. For corrections, mend the file of rejected rows and bring that.',
    },
  },
  WORKLIST_PART_MISSING: {
    status: 409,
    retry: 'never',
    text: {
      zh: '前面还有一段没有收到，请从缺的那段继续。',
      en: 'A part before this one is missing; go on from there.',
    },
  },
  WORKLIST_FILE_CHANGED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '收到的文件与校验值不符，请重新选择文件。',
      en: 'What arrived does not have the hash that was announced; choose the file again.',
    },
  },
  WORKLIST_FILE_UNREADABLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '读不出表格：文件不是 .xlsx 或 .csv，或已损坏。请在表格软件中打开，另存为 .xlsx 再导入。',
      en: 'No table can be read: the file is neither .xlsx nor .csv, or it is damaged. Open it in a spreadsheet program, save it as .xlsx, and bring that.',
    },
  },
  WORKLIST_FILE_LOCKED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件设有打开密码。请在表格软件中去掉密码，另存为 .xlsx 再导入。',
      en: 'The file opens with a password alone. Remove the password in a spreadsheet program, save it as .xlsx, and bring that.',
    },
  },
  WORKLIST_NO_ROWS: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件里没有名单的行，表头下面是空的。请核对后重新选择文件。',
      en: 'There is no row in the file, or none below its headings. Look whether it is the right one, and choose again.',
    },
  },
  /** By the number it is known which row was put right. */
  WORKLIST_ROW_COLUMN_GONE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件里没有“原行号 Row”这一列，无法知道改的是哪一行。请重新下载退回的行，改好后保留这一列。',
      en: 'The column with the row numbers of the first file is gone, so that nobody can tell which rows were mended. Download the rejected rows again, mend them, and leave that column as it is.',
    },
  },
  WORKLIST_TOO_LONG: {
    status: 422,
    retry: 'never',
    text: {
      zh: '行数超过 20 万，只收下了前 20 万行。请把其余的行另存为一个文件再导入。',
      en: 'The file has more than 200,000 rows; the first 200,000 were taken. Save the rest as a file of its own and bring that.',
    },
  },
  WORKLIST_FILE_OLD: {
    status: 422,
    retry: 'never',
    text: {
      zh: '这是旧版 .xls 或网页格式。请在表格软件中另存为 .xlsx 再导入。',
      en: 'This is an old .xls or a web page under that name. Save it as .xlsx and bring it again.',
    },
  },
  WORKLIST_FILE_SWOLLEN: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件解开后过大，未予读取。请只保留名单本身，另存后再导入。',
      en: 'The file unpacks to far more than a list; it was not read. Keep the list alone and save it anew.',
    },
  },
  WORKLIST_COLUMNS_MISSING: {
    status: 422,
    retry: 'never',
    text: {
      zh: '还有必需的内容没有对应的列，或日期的写法没有选定。',
      en: 'Something that every row needs has no column, or the order of a date is not chosen.',
    },
  },
  WORKLIST_COLUMN_TWICE: {
    status: 422,
    retry: 'never',
    text: { zh: '同一内容只能对应一列。', en: 'Two columns cannot say the same.' },
  },
  WORKLIST_NOTHING_REJECTED: {
    status: 409,
    retry: 'never',
    text: { zh: '没有退回的行。', en: 'There are no rejected rows.' },
  },
  WORKLIST_BEGUN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '已经有人打开过名单中的行，不能再撤回。',
      en: 'Somebody has opened a row of this list; it cannot be taken back any more.',
    },
  },
  WORKLIST_BUSY: {
    status: 409,
    retry: 'later',
    text: { zh: '文件还在读取，请稍候再试。', en: 'The file is still being read; try again in a moment.' },
  },
  WORKLIST_ROW_TAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这一行已由他人处理，或已不在您手上。',
      en: 'Somebody else has this row, or it is not yours any more.',
    },
  },
  CALL_TIME_NOT_POSSIBLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '请约定今后七天之内的时间。',
      en: 'Agree on a time that lies ahead, within seven days.',
    },
  },
  CALL_NOT_TAKEN_BACK: {
    status: 409,
    retry: 'never',
    text: {
      zh: '只能撤回本人一小时内的最后一次结果。',
      en: 'Only your own latest outcome of the last hour can be taken back.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
