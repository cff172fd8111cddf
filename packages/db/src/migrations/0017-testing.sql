-- Tests for infection. A person is a screening and a seat; nothing here says who that is.

-- Somebody was asked for a test, and what became of it.
create table infection_tests (
  jurisdiction integer not null,
  id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  day date not null,
  post_id integer not null,
  response_id text not null,
  screening_id uuid not null,
  seat smallint not null,
  origin_code integer not null,
  -- Whether the person declared an exposure, or contact with a case.
  declared boolean not null,
  offer text not null check (offer in ('taken', 'declined', 'no-kit')),
  ground text not null check (ground in ('quota', 'lot', 'rule', 'request')),
  sample_code text,
  account_id uuid not null,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, id)
);

create unique index infection_tests_by_sample on infection_tests (jurisdiction, sample_code)
  where sample_code is not null;
create index infection_tests_by_day on infection_tests (jurisdiction, day, occurred_at desc);

-- Results of a test as they came; the last one counts.
create table infection_test_results (
  jurisdiction integer not null,
  test_id uuid not null,
  number smallint not null,
  day date not null,
  result text not null check (result in ('positive', 'negative', 'invalid')),
  resulted_at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid not null,
  via text not null check (via in ('entry', 'file')),
  primary key (jurisdiction, test_id, number)
);

-- Kept in the commit of what they count: tests by the day they were offered, and the result that counts now.
create table rollup_testing_days (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  origin_code integer not null,
  declared boolean not null,
  taken integer not null,
  by_lot integer not null,
  declined integer not null,
  no_kit integer not null,
  positive integer not null,
  negative integer not null,
  invalid integer not null,
  primary key (jurisdiction, day, post_id, origin_code, declared)
);

-- How many tests a post can take a day, from a day on until the next entry. Never overwritten: the highest version holds.
create table testing_budgets (
  jurisdiction integer not null,
  post_id integer not null,
  from_day date not null,
  version integer not null,
  tests integer not null check (tests between 0 and 1000000),
  decided_at timestamptz not null,
  decided_by uuid not null,
  primary key (jurisdiction, post_id, from_day, version)
);

create table testing_settings (
  response_id text not null,
  version integer not null,
  lot_share double precision not null check (lot_share between 0 and 1),
  no_show_share double precision not null check (no_show_share between 0 and 0.9),
  test_minutes double precision not null check (test_minutes > 0),
  worth_minutes double precision check (worth_minutes > 0),
  decided_at timestamptz not null,
  decided_by uuid,
  primary key (response_id, version)
);

-- Counted from the facts of a day by the job, once the day is over and again where records came late. `travellers` is
-- what the roll-ups said then.
create table testing_counted_days (
  jurisdiction integer not null,
  day date not null,
  travellers integer not null,
  counted_at timestamptz not null,
  primary key (jurisdiction, day)
);

create table testing_day_types (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  origin_code integer not null,
  declared boolean not null,
  travellers integer not null,
  primary key (jurisdiction, day, post_id, origin_code, declared)
);

create table testing_day_methods (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  method text not null,
  screened integer not null,
  febrile integer not null,
  primary key (jurisdiction, day, post_id, method)
);

-- What runs of the model published: for each post and type of traveller, and what stands beside the rules.
create table test_allocations (
  jurisdiction integer not null,
  run_id uuid not null,
  post_id integer not null,
  origin_code integer not null,
  declared boolean not null,
  arrivals integer not null,
  tests integer not null check (tests >= 0),
  by_lot integer not null check (by_lot >= 0),
  asked_share double precision not null check (asked_share between 0 and 1),
  prevalence double precision not null,
  prevalence_low double precision not null,
  prevalence_high double precision not null,
  worth double precision,
  reason text not null,
  primary key (jurisdiction, run_id, post_id, origin_code, declared)
);

create table test_allocation_posts (
  jurisdiction integer not null,
  run_id uuid not null,
  post_id integer not null,
  budget integer not null,
  taken integer not null,
  tests integer not null,
  by_lot integer not null,
  others_share double precision not null,
  primary key (jurisdiction, run_id, post_id)
);

create table testing_evidence (
  jurisdiction integer not null,
  run_id uuid not null,
  kind text not null check (kind in ('fairness', 'yield')),
  subject text not null,
  content jsonb not null,
  primary key (jurisdiction, run_id, kind, subject)
);
