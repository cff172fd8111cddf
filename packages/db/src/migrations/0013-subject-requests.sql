-- The person's own page: how it is found and opened, what a person asks, and what becomes of it.

-- A slip code holds the last 40 bits of the id of a screening; they are random, and with its day they find it.
create index screenings_by_slip on screenings (substring(uuid_send(id) from 12 for 5));

-- Openings of a page. Of what opens it only the SHA-256 is kept; a row outlives its time, so that the person sees who
-- has opened the page.
create table subject_sessions (
  token_digest bytea primary key,
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  opened_at timestamptz not null,
  expires_at timestamptz not null
);

create index subject_sessions_by_person
  on subject_sessions (jurisdiction, occurred_at, screening_id, seat, opened_at desc);
create index subject_sessions_by_end on subject_sessions (expires_at);

-- Wrong tries by code, by address and by account at a desk; of each a keyed digest, of codes that exist as of those
-- that do not. wrong_total is forgotten only by a right try.
create table subject_attempts (
  kind text not null check (kind in ('code', 'address', 'desk')),
  key_digest bytea not null,
  failures integer not null,
  wrong_total integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (kind, key_digest)
);

-- What a person asked for. The text is sealed under the data key of the jurisdiction and of `asked_day`.
create table subject_requests (
  jurisdiction integer not null,
  id uuid not null,
  asked_at timestamptz not null,
  asked_day date not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  screening_day date not null,
  kind text not null check (kind in ('correction', 'release', 'explanation', 'erasure')),
  field text check ((field is not null) = (kind = 'correction')),
  due_on date not null,
  text_sealed bytea not null,
  primary key (jurisdiction, id)
);

create index subject_requests_by_person
  on subject_requests (jurisdiction, occurred_at, screening_id, seat, asked_at desc);
create index subject_requests_by_due on subject_requests (jurisdiction, due_on);

-- The course of a request: only ever added to; its state is that of its last step. Texts are sealed under the data key
-- of the jurisdiction and of `day`.
create table subject_request_steps (
  jurisdiction integer not null,
  request_id uuid not null,
  number smallint not null check (number >= 1),
  at timestamptz not null,
  day date not null,
  account_id uuid not null,
  role text not null,
  step text not null check (step in ('opened', 'handed-on', 'answered')),
  to_role text check ((to_role is not null) = (step = 'handed-on')),
  outcome text check ((outcome is not null) = (step = 'answered')),
  text_sealed bytea,
  primary key (jurisdiction, request_id, number)
);

create unique index subject_requests_answered_once
  on subject_request_steps (jurisdiction, request_id) where step = 'answered';

-- A correction that was granted: a fact beside the one that it corrects, which stays as it was. `corrects` is the
-- correction before it of the same field, or null where that is the record itself. Sealed under the data key of the
-- screening, so that it ends with the identity.
create table subject_corrections (
  jurisdiction integer not null,
  id uuid not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  day date not null,
  field text not null,
  corrects uuid,
  request_id uuid not null,
  granted_at timestamptz not null,
  granted_by uuid not null,
  role text not null,
  value_sealed bytea not null,
  primary key (jurisdiction, id)
);

create index subject_corrections_by_person
  on subject_corrections (jurisdiction, occurred_at, screening_id, seat, granted_at);

-- What the installation has decided on. No row: 30 days, and reasons are not shown.
create table subject_policy (
  only_row boolean primary key default true check (only_row),
  answer_days integer not null check (answer_days between 1 and 90),
  show_reasons boolean not null
);
