-- Where arrivals come from, and what is reported there.

-- One file of reported cases as it was taken in: where it is from and under which terms.
create table origin_case_sets (
  jurisdiction integer not null,
  id uuid not null,
  imported_at timestamptz not null,
  -- Null where the command line brought it.
  account_id uuid,
  source text not null,
  licence text not null,
  rows_new integer not null check (rows_new >= 0),
  rows_known integer not null check (rows_known >= 0),
  rows_refused integer not null check (rows_refused >= 0),
  primary key (jurisdiction, id)
);

-- What was said of an origin and a day, and when it was said. A later publication and a later file add a version and
-- overwrite nothing: ids of sets grow with time, so the newest of one day of publication is the greatest.
create table origin_case_reports (
  jurisdiction integer not null,
  origin_code integer not null,
  day date not null,
  published_on date not null,
  set_id uuid not null,
  -- Confirmed cases in all, up to the end of the day.
  confirmed_total integer not null check (confirmed_total >= 0),
  primary key (jurisdiction, origin_code, day, published_on, set_id),
  check (published_on >= day)
);
create index origin_case_reports_known on origin_case_reports (jurisdiction, published_on);

-- An index of flow that others publish, where a city has one; its unit is the publisher’s.
create table origin_flow_reports (
  jurisdiction integer not null,
  origin_code integer not null,
  day date not null,
  published_on date not null,
  set_id uuid not null,
  flow_index double precision not null check (flow_index >= 0),
  primary key (jurisdiction, origin_code, day, published_on, set_id),
  check (published_on >= day)
);

-- Roll-ups, kept in the commit of the facts they count.
create table rollup_post_origin_days (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  origin_code integer not null,
  travellers integer not null,
  fever_confirmed integer not null,
  primary key (jurisdiction, day, post_id, origin_code)
);

-- People by where their journey began and by each area that they said they stayed in, as it was said; whoever named two
-- is in both, and `declared_code` 0 counts who named none.
create table rollup_declared_days (
  jurisdiction integer not null,
  day date not null,
  origin_code integer not null,
  declared_code integer not null,
  travellers integer not null,
  primary key (jurisdiction, day, origin_code, declared_code)
);

insert into rollup_post_origin_days
  select s.jurisdiction, s.day, s.post_id, t.origin_code, count(*), count(*) filter (where t.fever = 'confirmed')
  from screening_travellers t
  join screenings s on s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id
  group by s.jurisdiction, s.day, s.post_id, t.origin_code;

insert into rollup_declared_days
  select s.jurisdiction, s.day, t.origin_code, d.code, count(*)
  from screening_travellers t
  join screenings s on s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id
  cross join lateral (
    select distinct (e ->> 'areaCode')::integer as code from jsonb_array_elements(t.exposures) e
    union all select 0 where jsonb_array_length(t.exposures) = 0
  ) d
  group by s.jurisdiction, s.day, t.origin_code, d.code;

-- What a run made of it, in the area it is about: a city as a whole, and each district of it.
create table origin_risks (
  jurisdiction integer not null,
  run_id uuid not null,
  -- Day of arrival.
  day date not null,
  origin_code integer not null,
  expected double precision not null,
  low50 double precision not null,
  high50 double precision not null,
  low90 double precision not null,
  high90 double precision not null,
  p_at_least_one double precision not null check (p_at_least_one between 0 and 1),
  primary key (jurisdiction, run_id, day, origin_code)
);

-- The same over all days of the window; origin 0 stands for all origins together.
create table origin_risk_totals (
  jurisdiction integer not null,
  run_id uuid not null,
  origin_code integer not null,
  expected double precision not null,
  low50 double precision not null,
  high50 double precision not null,
  low90 double precision not null,
  high90 double precision not null,
  p_at_least_one double precision not null check (p_at_least_one between 0 and 1),
  primary key (jurisdiction, run_id, origin_code)
);

-- Of all arrivals of the window, the share from each region by the last leg, by what people said, and by the estimate that
-- mixes both.
create table origin_mixes (
  jurisdiction integer not null,
  run_id uuid not null,
  region_code integer not null,
  last_leg double precision not null,
  estimated double precision not null,
  low90 double precision not null,
  high90 double precision not null,
  primary key (jurisdiction, run_id, region_code)
);
