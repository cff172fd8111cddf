-- Paper forms that are keyed at a desk, finished or not. A form is work in hand and no fact: it changes until it is recorded
-- as an ordinary screening or taken back, and what was keyed of it is emptied then. `occurred_at` is when its local day began;
-- the data key of that day seals it and goes with it.

create table paper_forms (
  jurisdiction integer not null,
  occurred_at timestamptz not null,
  id uuid not null,
  day date not null,
  post_id integer not null,
  serial text,
  revision integer not null,
  state text not null check (state in ('kept', 'rejected', 'recorded', 'taken-back')),
  form_sealed bytea,
  kept_at timestamptz not null,
  kept_by uuid not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  refusal_code text,
  refusal_path text,
  screening_id uuid,
  screening_at timestamptz,
  disposition text,
  ground text,
  primary key (jurisdiction, occurred_at, id)
);

create index paper_forms_by_post on paper_forms (jurisdiction, day, post_id, kept_at);

-- The form that a screening was keyed from; null where a phone sent it.
alter table screenings add column paper_form_id uuid;
