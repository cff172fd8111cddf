-- Who put a version of the rules into force; versions that came with their response have no row here.
create table rule_set_publications (
  response_id text not null,
  version integer not null,
  published_at timestamptz not null,
  published_by uuid not null,
  name_zh text not null,
  name_en text not null,
  role text not null,
  primary key (response_id, version),
  foreign key (response_id, version) references rule_sets (response_id, version)
);

-- A pass over everyone on file for whom a version is stricter with than the one before, through the whole city.
-- `cursor_position` is the last position that was put on a list, so that the work goes on from there.
create table rescreen_runs (
  jurisdiction integer not null,
  id uuid not null,
  response_id text not null,
  version integer not null,
  before_version integer not null,
  started_at timestamptz not null,
  started_by uuid not null,
  name_zh text not null,
  name_en text not null,
  due_at timestamptz not null,
  state text not null check (state in ('selecting', 'listing', 'done', 'failed')),
  on_file integer not null,
  not_asked integer not null,
  selected integer not null,
  cursor_position integer not null,
  finished_at timestamptz,
  failure text,
  primary key (jurisdiction, id)
);

create unique index rescreen_runs_at_work on rescreen_runs (jurisdiction, response_id, version)
  where state in ('selecting', 'listing');

-- The list of one district, and how many of its people became what.
create table rescreen_lists (
  jurisdiction integer not null,
  run_id uuid not null,
  list_id uuid not null,
  selected integer not null,
  listed integer not null,
  linked integer not null,
  unreadable integer not null,
  primary key (jurisdiction, run_id)
);

-- Which screening each person was found by; the position is also the row of their list. Goes with the screening.
create table rescreen_people (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  screening_id uuid not null,
  seat smallint not null,
  run_id uuid not null,
  position integer not null,
  disposition_before text not null,
  disposition_after text not null,
  became text check (became in ('listed', 'linked', 'unreadable')),
  primary key (jurisdiction, occurred_at, screening_id, seat, run_id)
);

create index rescreen_people_by_position on rescreen_people (run_id, position);

alter table worklists add column due_at timestamptz;
alter table worklists drop constraint worklists_kind_check;
alter table worklists add constraint worklists_kind_check
  check (kind in ('hotel-guests', 'vehicles', 'travellers', 'other-city', 'rescreen'));
