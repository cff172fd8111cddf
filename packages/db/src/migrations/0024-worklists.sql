-- Lists of people and vehicles that are called one by one. `occurred_at` is when the first file of a list was announced,
-- which its id carries, and `day` its local day: whatever names somebody is sealed under the data key of the jurisdiction
-- and of that day, and goes with it.

create table worklists (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  id uuid not null,
  day date not null,
  kind text not null check (kind in ('hotel-guests', 'vehicles', 'travellers', 'other-city')),
  title text not null,
  created_by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (jurisdiction, occurred_at, id)
);

-- Files of a list: the first one, and those with rows that were put right. `cursor_row` is the last row of the file that
-- was committed, so that reading goes on from there.
create table worklist_imports (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  list_id uuid not null,
  id uuid not null,
  uploaded_at timestamptz not null,
  uploaded_by uuid not null,
  mends boolean not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  state text not null check (state in ('receiving', 'received', 'reading', 'done', 'failed', 'undone')),
  received_bytes integer not null,
  -- Fields of the columns in order, '-' for those that say nothing of use, with the order of dates behind a colon.
  columns text[],
  header_row integer,
  cursor_row integer not null,
  progress double precision not null,
  rows_read integer not null,
  taken integer not null,
  rejected integer not null,
  linked integer not null,
  passed_over integer not null,
  finished_at timestamptz,
  failure text,
  primary key (jurisdiction, occurred_at, list_id, id)
);

create index worklist_imports_at_work on worklist_imports (state) where state = 'reading';

-- The file as it was brought, in sealed parts.
create table worklist_file_parts (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  list_id uuid not null,
  import_id uuid not null,
  position integer not null,
  sealed bytea not null,
  primary key (jurisdiction, occurred_at, list_id, import_id, position)
);

-- A row that was taken: everything it says in one envelope, and what it is known again by.
create table worklist_rows (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  list_id uuid not null,
  row_number integer not null,
  import_id uuid not null,
  sealed bytea,
  phone_digest bytea,
  document_digest bytea,
  plate_digest bytea,
  same_as_list uuid,
  same_as_row integer,
  primary key (jurisdiction, occurred_at, list_id, row_number),
  check ((same_as_list is null) = (same_as_row is null))
);

create index worklist_rows_by_phone on worklist_rows (phone_digest) where phone_digest is not null;
create index worklist_rows_by_document on worklist_rows (document_digest) where document_digest is not null;
create index worklist_rows_by_plate on worklist_rows (plate_digest) where plate_digest is not null;

-- A row that was not taken: its cells in one envelope, and why. Taken once it has been put right.
create table worklist_rejects (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  list_id uuid not null,
  row_number integer not null,
  import_id uuid not null,
  -- field:reason
  reasons text[] not null,
  sealed bytea,
  mended_at timestamptz,
  primary key (jurisdiction, occurred_at, list_id, row_number)
);

-- Calls, visits that became necessary, and what was taken back: only ever added to.
create table worklist_facts (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  list_id uuid not null,
  row_number integer not null,
  id uuid not null,
  kind text not null check (kind in ('called', 'escalated', 'taken-back')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid not null,
  outcome text,
  answers text[],
  call_at timestamptz,
  takes_back uuid,
  -- For whoever goes there.
  address_sealed bytea,
  primary key (jurisdiction, occurred_at, list_id, row_number, id),
  check ((outcome is not null) = (kind = 'called')),
  check ((takes_back is not null) = (kind = 'taken-back'))
);

create index worklist_facts_by_account on worklist_facts (account_id, at);

-- Where each row stands, from its facts; and who is calling at this moment.
create table worklist_row_states (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  list_id uuid not null,
  row_number integer not null,
  state text not null check (state in ('open', 'linked', 'closed', 'to-visit')),
  attempts integer not null,
  next_at timestamptz,
  last_outcome text,
  last_at timestamptz,
  -- Whose call-back it is.
  assigned_to uuid,
  claimed_by uuid,
  claimed_until timestamptz,
  opened_at timestamptz,
  primary key (jurisdiction, occurred_at, list_id, row_number)
);

create index worklist_row_states_open on worklist_row_states (jurisdiction, next_at, occurred_at, list_id, row_number)
  where state = 'open';
create index worklist_row_states_by_account on worklist_row_states (assigned_to, next_at)
  where state = 'open' and assigned_to is not null;
create index worklist_row_states_claimed on worklist_row_states (claimed_by) where claimed_by is not null;

-- What columns with these headings said the last time.
create table worklist_mappings (
  jurisdiction integer not null,
  signature bytea not null,
  columns text[] not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (jurisdiction, signature)
);
