-- Household registers come as lists do: sealed file, confirmed columns, rejected rows. Their rows become facts of households.
alter table worklists drop constraint worklists_kind_check;
alter table worklists add constraint worklists_kind_check
  check (kind in ('hotel-guests', 'vehicles', 'travellers', 'other-city', 'household-register', 'rescreen'));
alter table worklist_imports add column households integer not null default 0 check (households >= 0);
