-- Where a grid cell lies, so that its coverage can be drawn: about its middle, and null where nobody said.
alter table grid_cells
  add column longitude double precision check (longitude between -180 and 180),
  add column latitude double precision check (latitude between -90 and 90),
  add check ((longitude is null) = (latitude is null));
