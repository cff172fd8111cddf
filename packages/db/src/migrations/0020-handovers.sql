-- Hand-overs of people with fever or suspected of being infected, and their chain of custody. A person is a screening and a
-- seat; nothing here says who that is. `occurred_at` is when the hand-over was opened, which its id carries, so that what
-- follows finds its place before the opening itself has arrived.

create table handovers (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  id uuid not null,
  recorded_at timestamptz not null,
  day date not null,
  post_id integer not null,
  response_id text not null,
  screening_id uuid not null,
  seats_per_row smallint check (seats_per_row between 2 and 10),
  account_id uuid not null,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, occurred_at, id)
);

-- Index cases, who goes along, and who sat near.
create table handover_people (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  handover_id uuid not null,
  seat smallint not null,
  part text not null check (part in ('index', 'companion', 'near')),
  primary key (jurisdiction, occurred_at, handover_id, seat)
);

-- What follows an opening: only ever added to, and what has become of a hand-over follows from all of it. Notes are sealed
-- under the data key of the jurisdiction and of `day`, the local day of the opening. A signature keeps the public key it was
-- made with, so that it can be checked for as long as it is kept.
create table handover_facts (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  handover_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('signed', 'noted', 'closed', 'cancelled', 'escalated')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  day date not null,
  account_id uuid,
  device_id uuid,
  side text check (side in ('post-gives', 'transport-takes', 'transport-gives', 'clinic-takes')),
  opening_digest bytea,
  proof bytea,
  public_key bytea,
  reason text,
  stage text check (stage in ('at-post', 'with-transport')),
  to_role text,
  note_sealed bytea,
  content_digest bytea not null,
  primary key (jurisdiction, occurred_at, handover_id, id),
  check ((account_id is null) = (kind = 'escalated')),
  check ((side is not null and proof is not null and public_key is not null and device_id is not null) = (kind = 'signed')),
  check ((reason is not null) = (kind in ('closed', 'cancelled'))),
  check ((stage is not null and to_role is not null) = (kind = 'escalated'))
);

-- Of two servers that hand up at once, one adds the fact.
create unique index handover_escalated_once on handover_facts (jurisdiction, occurred_at, handover_id, stage, to_role)
  where kind = 'escalated';

-- What the city decided on how long people may wait, and be on the way.
create table handover_limits (
  only_row boolean primary key default true check (only_row),
  wait_minutes integer not null check (wait_minutes between 1 and 1440),
  road_minutes integer not null check (road_minutes between 1 and 1440),
  changed_at timestamptz,
  changed_by uuid
);

insert into handover_limits (wait_minutes, road_minutes) values (30, 60);
