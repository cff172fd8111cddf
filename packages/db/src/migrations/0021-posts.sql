-- What happens in the running of a post: officers, lanes, queue, reinforcement, supplies, hand-over book. Facts only;
-- how a post runs follows from them.
create table post_facts (
  jurisdiction integer not null,
  id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  day date not null,
  post_id integer not null,
  kind text not null,
  -- Without what a health check found and without free text.
  happening jsonb not null,
  -- Those, under the data key of jurisdiction and day.
  sealed bytea,
  by_lead boolean not null,
  account_id uuid not null,
  device_id uuid,
  content_digest bytea not null,
  primary key (jurisdiction, id)
);

create index post_facts_by_post on post_facts (jurisdiction, post_id, occurred_at desc);
-- Where somebody was sent is asked across areas, before each record of theirs elsewhere.
create index post_facts_of_dispatches on post_facts (occurred_at) where kind = 'reinforcement-sent';
