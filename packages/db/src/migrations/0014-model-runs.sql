-- What the models computed, from what, and when. A run belongs to the city (`jurisdiction`); what it publishes to a
-- district lies in that district.

create table model_runs (
  jurisdiction integer not null,
  model text not null,
  id uuid not null,
  model_version text not null,
  -- What one run is about, such as the day whose tests are given; '' where a model has one subject only.
  part text not null,
  occasion text not null check (occasion in ('schedule', 'arrival')),
  data_from date not null,
  data_until date not null,
  -- Facts recorded until then are in it.
  data_at timestamptz not null,
  parameters jsonb not null,
  state text not null check (state in ('running', 'finished', 'failed')),
  progress double precision not null check (progress between 0 and 1),
  started_at timestamptz not null,
  noted_at timestamptz not null,
  computed_at timestamptz,
  attempts smallint not null check (attempts >= 1),
  -- A short word and a code; never data.
  error text,
  primary key (jurisdiction, model, id)
);

-- One run of a model at a time, also where two servers look at once.
create unique index model_runs_running on model_runs (jurisdiction, model) where state = 'running';
create index model_runs_latest on model_runs (jurisdiction, model, started_at desc);

-- What a model needs to go on from where it was. `digest` names all input that went into it: a state whose digest no
-- longer fits what is stored is not gone on from. It can always be computed anew from the facts.
create table model_states (
  jurisdiction integer not null,
  model text not null,
  part text not null,
  model_version text not null,
  digest bytea not null,
  content bytea not null,
  noted_at timestamptz not null,
  primary key (jurisdiction, model, part)
);

-- Which run an area is shown, one row for each part: what every number on a screen is stamped with. Changed in the
-- transaction that finishes the run, so that nobody sees half of one.
create table model_outputs (
  jurisdiction integer not null,
  model text not null,
  part text not null,
  run_id uuid not null,
  model_version text not null,
  data_from date not null,
  data_until date not null,
  data_at timestamptz not null,
  computed_at timestamptz not null,
  parameters jsonb not null,
  primary key (jurisdiction, model, part)
);
