-- What is watched at every post: hours as they were judged, forecasts, thresholds and alarms. States to go on from and the
-- stamps of what is shown are with the other models (0014).

-- What the city decided: how often an alarm may be false, and how long one may wait.
create table monitoring_policy (
  only_row boolean primary key default true check (only_row),
  days_per_false_alarm real not null check (days_per_false_alarm between 0.5 and 60),
  escalate_after_minutes integer not null check (escalate_after_minutes between 1 and 1440),
  changed_at timestamptz,
  changed_by uuid
);

insert into monitoring_policy (days_per_false_alarm, escalate_after_minutes) values (2, 15);

-- Thresholds that hold a budget, with the simulation they rest on. The newest of a city counts.
create table monitoring_thresholds (
  jurisdiction integer not null,
  made_at timestamptz not null,
  model_version text not null,
  days_per_false_alarm real not null,
  -- Which posts, and whether they had shown a week: thresholds of others do not fit.
  posts_digest bytea not null,
  fever real not null,
  flow real not null,
  -- False alarms a day in the simulation, both signals together, with the 95 % interval and what it rests on.
  false_per_day real not null,
  false_low real not null,
  false_high real not null,
  false_alarms integer not null,
  primary key (jurisdiction, made_at)
);

-- Hours of local days as they were judged. The counts are those that were judged: where the roll-up has others by now, a
-- record came late and the hour is judged again.
create table monitoring_hours (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  hour smallint not null check (hour between 0 and 23),
  is_over boolean not null,
  vehicles integer not null,
  travellers integer not null,
  febrile integer not null,
  vehicles_mean real not null,
  vehicles_low real not null,
  vehicles_high real not null,
  travellers_mean real not null,
  travellers_low real not null,
  travellers_high real not null,
  febrile_mean real not null,
  febrile_low real not null,
  febrile_high real not null,
  fever_score real not null,
  high_score real not null,
  low_score real not null,
  fever_alarm boolean not null,
  high_alarm boolean not null,
  low_alarm boolean not null,
  primary key (jurisdiction, day, post_id, hour)
);

-- Hours to come and their three slots of 20 minutes.
create table monitoring_forecasts (
  jurisdiction integer not null,
  day date not null,
  post_id integer not null,
  hour smallint not null check (hour between 0 and 23),
  measure text not null check (measure in ('vehicles', 'travellers')),
  mean real not null,
  low real not null,
  high real not null,
  slot_mean real[] not null,
  slot_low real[] not null,
  slot_high real[] not null,
  primary key (jurisdiction, day, post_id, hour, measure)
);

-- Alarms. A row is what raised it and never changes; what has become of it follows from its steps.
create table monitoring_alarms (
  jurisdiction integer not null,
  id uuid not null,
  post_id integer not null,
  signal text not null check (signal in ('fever', 'flow-high', 'flow-low')),
  raised_at timestamptz not null,
  -- The hour that raised it.
  day date not null,
  hour smallint not null check (hour between 0 and 23),
  -- The run of the model that raised it.
  run_id uuid not null,
  model_version text not null,
  data_from date not null,
  data_at timestamptz not null,
  threshold real not null,
  -- False alarms as they were budgeted for.
  days_per_false_alarm real not null,
  primary key (jurisdiction, id)
);

create index monitoring_alarms_of_post on monitoring_alarms (jurisdiction, post_id, signal, day desc, hour desc);
create index monitoring_alarms_raised on monitoring_alarms (jurisdiction, raised_at desc);

-- The course of an alarm: only ever added to. Notes are sealed under the data key of the jurisdiction and of `day`.
-- `raised` and `revised` carry the numbers of an hour.
create table monitoring_alarm_steps (
  jurisdiction integer not null,
  alarm_id uuid not null,
  number smallint not null check (number >= 1),
  at timestamptz not null,
  day date not null,
  kind text not null check (
    kind in ('raised', 'revised', 'escalated', 'acknowledge', 'take-over', 'investigate', 'note', 'close', 'reopen')
  ),
  account_id uuid,
  cause text check ((cause is not null) = (kind = 'close')),
  to_role text check ((to_role is not null) = (kind = 'escalated')),
  note_sealed bytea,
  numbers jsonb check ((numbers is not null) = (kind in ('raised', 'revised'))),
  primary key (jurisdiction, alarm_id, number),
  check ((account_id is null) = (kind in ('raised', 'revised', 'escalated')))
);
