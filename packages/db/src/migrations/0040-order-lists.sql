-- A list that the system keeps of the orders in force of a district, beside those that are brought; null: brought.
alter table match_lists add column kept_for text check (kept_for in ('quarantine-orders'));
