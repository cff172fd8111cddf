-- What stands beside a screening and never in its place. `occurred_at`, `screening_id` and `seat` name the person in the
-- screening; `day` is its local day: counts are kept there, and its data key seals what is written.

-- A lead decided otherwise than the rules. The latest one in force counts, by `made_at` and not by its arrival.
create table screening_overrides (
  jurisdiction integer not null,
  id uuid not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  day date not null,
  post_id integer not null,
  made_at timestamptz not null,
  recorded_at timestamptz not null,
  disposition text not null,
  stood text not null,
  ground text not null,
  words_sealed bytea,
  -- Milder than a lead may give alone: not in force until a second person agrees.
  needs_second boolean not null,
  account_id uuid not null,
  role text not null,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, id)
);

create index screening_overrides_by_person
  on screening_overrides (jurisdiction, occurred_at, screening_id, seat, made_at desc, id desc);
create index screening_overrides_by_day on screening_overrides (jurisdiction, day, made_at desc);
create index screening_overrides_for_two on screening_overrides (jurisdiction, id) where needs_second;

-- What the second person said: once.
create table screening_override_answers (
  jurisdiction integer not null,
  override_id uuid not null,
  at timestamptz not null,
  account_id uuid not null,
  role text not null,
  agrees boolean not null,
  primary key (jurisdiction, override_id)
);

-- A detail that was entered wrongly, corrected by who works on the record; a person's own request leads to
-- `subject_corrections`. `corrects` is the correction before it of the same field, of either table, or null where that is
-- the record itself; `before_digest` is that of the value it takes the place of. Seat 0 is the vehicle.
create table screening_corrections (
  jurisdiction integer not null,
  id uuid not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  day date not null,
  field text not null check (field in ('name', 'document', 'phone', 'plate')),
  corrects uuid,
  before_digest bytea,
  value_sealed bytea,
  -- As of the rows of screenings: what look-ups find it by. Names have none.
  value_kind text,
  value_digest bytea,
  ground text not null,
  words_sealed bytea,
  made_at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid not null,
  role text not null,
  device_id uuid,
  primary key (jurisdiction, id)
);

create index screening_corrections_by_person
  on screening_corrections (jurisdiction, occurred_at, screening_id, seat, made_at);
create index screening_corrections_by_value on screening_corrections (value_digest)
  where value_digest is not null;
