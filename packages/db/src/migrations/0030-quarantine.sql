-- Quarantine of people, and of houses that are looked at for larvae. An episode is an order and what follows it.
-- `occurred_at` is when it was ordered, which its id carries. `kept_day` is its last day: whatever names somebody is sealed
-- under the data key of the jurisdiction and of that day, and moves on with it where the days are made longer, so that
-- what is kept of an episode is counted from its end.

create table quarantines (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  id uuid not null,
  recorded_at timestamptz not null,
  kept_day date not null,
  response_id text not null,
  rules_version integer not null,
  site text not null check (site in ('home', 'central', 'hotel', 'hospital')),
  counted_from date not null,
  last_exposure_on date,
  screening_id uuid,
  seat smallint,
  -- The area of another city that handed somebody on.
  from_area integer,
  -- The episode of another district that this one goes on from, once it is received.
  before_jurisdiction integer,
  before_id uuid,
  -- Null where the server carried somebody across on a decision of the district before.
  account_id uuid,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, occurred_at, id),
  check ((screening_id is null) = (seat is null)),
  check ((before_id is null) = (before_jurisdiction is null)),
  check ((account_id is null) = (before_id is not null))
);

-- Of two servers that carry somebody across at once, one begins the episode.
create unique index quarantines_carried_once on quarantines (jurisdiction, before_id) where before_id is not null;
create index quarantines_by_kept_day on quarantines (jurisdiction, kept_day);

-- What follows an order: only ever added to, and where an episode stands follows from all of it.
create table quarantine_facts (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  quarantine_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('delivered', 'report', 'contact', 'missed', 'escalated', 'leave', 'return', 'help',
    'help-closed', 'extended', 'transferred', 'received', 'receipt', 'released')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  -- Null where the person or the clock did it.
  account_id uuid,
  device_id uuid,
  way text,
  result text,
  reason text,
  temperature_celsius double precision,
  signs text[] not null,
  window_key text,
  last_day date,
  to_area integer,
  is_within boolean,
  help text,
  help_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, occurred_at, quarantine_id, id),
  check ((way is not null) = (kind in ('contact', 'escalated'))),
  check ((result is not null) = (kind in ('contact', 'help-closed'))),
  check ((reason is not null) = (kind in ('leave', 'extended', 'released'))),
  check ((window_key is not null) = (kind in ('missed', 'escalated'))),
  check ((last_day is not null) = (kind = 'extended')),
  check ((to_area is not null and is_within is not null) = (kind = 'transferred')),
  check ((help is not null) = (kind = 'help')),
  check ((help_id is not null) = (kind = 'help-closed'))
);

-- Of two servers on whose clock a contact is missed, one adds the fact.
create unique index quarantine_missed_once
  on quarantine_facts (jurisdiction, occurred_at, quarantine_id, kind, window_key, coalesce(way, ''))
  where window_key is not null;

-- Name, document, phone and address, the words beside a fact, and why somebody was looked at: each in an envelope of its own.
create table quarantine_seals (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  quarantine_id uuid not null,
  -- A field of the person, or the id of a fact or of an access.
  place text not null,
  kept_day date not null,
  sealed bytea not null,
  digest bytea,
  primary key (jurisdiction, occurred_at, quarantine_id, place)
);

create index quarantine_seals_by_day on quarantine_seals (jurisdiction, kept_day);
create index quarantine_seals_by_digest on quarantine_seals (digest) where digest is not null;

-- Who saw what of somebody in full; the person reads it by the link on the notice.
create table quarantine_accesses (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  quarantine_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid not null,
  role text not null,
  fields text[] not null,
  primary key (jurisdiction, occurred_at, quarantine_id, id)
);

create index quarantine_accesses_by_account on quarantine_accesses (account_id, at);
