-- A hand-over can be taken back before it is received, and the same person handed on to the same district again: the episode
-- there belongs to the hand-over, and no longer to the episode before alone.
alter table quarantines add column before_fact uuid;
update quarantines q set before_fact = (
  select f.id from quarantine_facts f
  where f.jurisdiction = q.before_jurisdiction and f.quarantine_id = q.before_id and f.kind = 'transferred'
  order by f.at, f.id limit 1)
where q.before_id is not null;
drop index quarantines_carried_once;
create unique index quarantines_carried_once on quarantines (jurisdiction, before_id, before_fact) where before_id is not null;

alter table quarantine_facts drop constraint quarantine_facts_kind_check;
alter table quarantine_facts add constraint quarantine_facts_kind_check check (kind in ('delivered', 'report', 'contact',
  'missed', 'escalated', 'leave', 'return', 'help', 'help-closed', 'extended', 'transferred', 'received', 'receipt', 'released',
  'withdrawal', 'withdrawn', 'recalled', 'relinked'));
