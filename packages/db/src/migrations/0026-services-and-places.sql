-- Trains, ferries, flights and coaches of a line: which run people came by, and where they sat. A run and a place together are a
-- ticket, so that the run is sealed like a plate and found by its digest; the place alone says nothing of anybody.
alter table screenings
  add column service_sealed bytea,
  add column service_digest bytea,
  add column seats_per_row smallint check (seats_per_row between 2 and 10);

alter table screening_travellers
  add column seat_label text check (seat_label ~ '^[1-9][0-9]{0,2}[A-K]?$');

create index screenings_by_service on screenings (service_digest) where service_digest is not null;
