-- Facts. Partitioned by day of occurred_at, which is part of the key: the id carries the same milliseconds, so a
-- retry always meets its first attempt.

create table screenings (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  id uuid not null,
  recorded_at timestamptz not null,
  started_at timestamptz not null,
  day date not null,
  slot smallint not null check (slot between 0 and 71),
  post_id integer not null,
  lane smallint not null,
  response_id text not null,
  rules_version integer not null,
  conveyance_kind text not null,
  plate_sealed bytea,
  plate_digest bytea,
  queue_vehicles smallint,
  disposition text not null,
  rule_ids text[] not null,
  traveller_count smallint not null,
  febrile_count smallint not null,
  account_id uuid not null,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, occurred_at, id)
) partition by range (occurred_at);

create index screenings_notable on screenings (jurisdiction, day, occurred_at desc)
  where disposition not in ('passed', 'advised');

-- No foreign key to screenings: both are written by the one statement pair of the batch writer, and a check per row
-- would cost the hot path more than it could ever find.
create table screening_travellers (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  origin_code integer not null,
  origin_evidence text not null,
  fever text not null,
  exposure text not null,
  contact_with_case boolean not null,
  disposition text not null,
  rule_ids text[] not null,
  symptoms text[] not null,
  readings jsonb not null,
  exposures jsonb not null,
  document_kind text not null,
  document_sealed bytea,
  document_digest bytea,
  name_sealed bytea,
  phone_sealed bytea,
  phone_digest bytea,
  primary key (jurisdiction, occurred_at, screening_id, seat)
) partition by range (occurred_at);

-- Roll-ups: kept in the commit of the facts they count.
create table rollup_post_slots (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  slot smallint not null check (slot between 0 and 71),
  vehicles integer not null,
  travellers integer not null,
  febrile integer not null,
  fever_confirmed integer not null,
  second_checks integer not null,
  quarantined integer not null,
  turned_back integer not null,
  referred integer not null,
  entry_milliseconds bigint not null,
  primary key (jurisdiction, day, post_id, slot)
);

create table rollup_origin_days (
  jurisdiction integer not null,
  day date not null,
  origin_code integer not null,
  travellers integer not null,
  febrile integer not null,
  primary key (jurisdiction, day, origin_code)
);

-- The latest of each post and day, by the time of the record, not of its arrival.
create table post_day_states (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  last_screening_at timestamptz not null,
  queue_vehicles smallint,
  queue_seen_at timestamptz,
  primary key (jurisdiction, day, post_id)
);

-- Data keys of (jurisdiction, day), wrapped by the master key. Destroying one destroys that day's identities.
create table identity_keys (
  jurisdiction integer not null,
  day date not null,
  wrapped bytea,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (jurisdiction, day)
);
