-- Look-ups of persons, and lists that leave the system.

-- Every time somebody came to see a person: what the person is shown. The reason is sealed under the data key of the
-- screening (`jurisdiction`, `day`), so that destroying that key destroys it with the identity it may name.
create table identity_accesses (
  jurisdiction integer not null,
  at timestamptz not null,
  id uuid not null,
  occurred_at timestamptz not null,
  day date not null,
  screening_id uuid not null,
  seat smallint not null,
  account_id uuid not null,
  role text not null,
  purpose text not null,
  reason_sealed bytea,
  fields text[] not null,
  via text not null check (via in ('look-up', 'unmask', 'export', 'pairing', 'subject-request')),
  export_id uuid,
  primary key (jurisdiction, at, id)
);

create index identity_accesses_by_person
  on identity_accesses (jurisdiction, occurred_at, screening_id, seat, at desc);
create index identity_accesses_by_account on identity_accesses (account_id, at);

-- Searches, with a match or without: what limits are counted by. Of what was searched for only the digest is kept.
create table identity_look_ups (
  jurisdiction integer not null,
  at timestamptz not null,
  id uuid not null,
  account_id uuid not null,
  role text not null,
  purpose text not null,
  kind text not null,
  searched_digest bytea not null,
  matches integer not null check (matches >= 0),
  day date not null,
  reason_sealed bytea,
  primary key (jurisdiction, at, id)
);

create index identity_look_ups_by_account on identity_look_ups (account_id, at);

-- Exact look-ups go by digest; without these every one would read the whole response.
create index screenings_by_plate on screenings (plate_digest) where plate_digest is not null;
create index screening_travellers_by_document on screening_travellers (document_digest)
  where document_digest is not null;
create index screening_travellers_by_phone on screening_travellers (phone_digest)
  where phone_digest is not null;

-- `jurisdiction` is the area that the list covers; `day` names the data key under which its own texts are sealed.
create table exports (
  jurisdiction integer not null,
  id uuid not null,
  requested_at timestamptz not null,
  requested_by uuid not null,
  requester_role text not null,
  purpose text not null,
  columns text[] not null,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  post_ids text[] not null,
  language text not null check (language in ('zh', 'en')),
  dispositions text[] not null,
  day date not null,
  reason_sealed bytea,
  recipient_sealed bytea,
  state text not null check (state in (
    'requested', 'refused', 'withdrawn', 'approved', 'ready', 'failed', 'cancelled', 'expired', 'destroyed')),
  decided_at timestamptz,
  decided_by uuid,
  finished_at timestamptz,
  expires_at timestamptz,
  row_total integer,
  row_count integer not null check (row_count >= 0),
  -- Where generation goes on after a stop.
  cursor_jurisdiction integer,
  cursor_day date,
  cursor_at timestamptz,
  cursor_screening uuid,
  cursor_seat smallint,
  -- What the invisible mark carries: known long after the list itself is gone.
  mark integer not null unique,
  key_sealed bytea,
  check (decided_by is null or decided_by <> requested_by or state = 'withdrawn'),
  primary key (jurisdiction, id)
);

create index exports_by_id on exports (id);

-- Rows of a list until it expires, sealed under the data key of the day they come from.
create table export_chunks (
  jurisdiction integer not null,
  export_id uuid not null,
  position integer not null,
  source_jurisdiction integer not null,
  day date not null,
  row_count integer not null check (row_count > 0),
  sealed bytea not null,
  primary key (jurisdiction, export_id, position)
);

-- Which list held which row; stays when the list is gone, so that a leaked row finds its list.
create table exported_rows (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  export_jurisdiction integer not null,
  export_id uuid not null,
  ref text not null,
  content_digest bytea not null,
  primary key (jurisdiction, occurred_at, screening_id, seat, export_id)
);

create index exported_rows_by_ref on exported_rows (ref);
create index exported_rows_by_content on exported_rows (content_digest);

create table export_downloads (
  jurisdiction integer not null,
  export_id uuid not null,
  number smallint not null check (number between 1 and 255),
  at timestamptz not null,
  account_id uuid not null,
  format text not null check (format in ('csv', 'xlsx')),
  primary key (jurisdiction, export_id, number)
);
