-- Vehicles of which it is known how long they took: a paper form says one time alone, and is none of them.
alter table rollup_post_slots add column timed_vehicles integer not null default 0;

-- Where retention has deleted the facts, all of a slot that took any time are taken as timed.
update rollup_post_slots set timed_vehicles = vehicles where entry_milliseconds > 0;
update rollup_post_slots r set timed_vehicles = known.timed
from (
  select jurisdiction, day, post_id, slot, (count(*) filter (where occurred_at > started_at))::integer as timed
  from screenings group by jurisdiction, day, post_id, slot
) known
where r.jurisdiction = known.jurisdiction and r.day = known.day and r.post_id = known.post_id and r.slot = known.slot;
