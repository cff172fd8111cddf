-- Reference data: small, the same on every node.

create table jurisdictions (
  code integer primary key,
  parent_code integer,
  name_zh text not null,
  name_en text not null,
  time_zone text not null
);

create table posts (
  id integer primary key,
  jurisdiction integer not null references jurisdictions (code),
  type text not null,
  name_zh text not null,
  name_en text not null,
  longitude double precision not null,
  latitude double precision not null,
  lanes smallint not null check (lanes between 1 and 60),
  illustrative boolean not null
);

create table crews (
  id integer primary key,
  post_id integer not null references posts (id),
  name_zh text not null,
  name_en text not null,
  officers smallint not null check (officers >= 0),
  illustrative boolean not null
);

create table grid_cells (
  id integer primary key,
  jurisdiction integer not null references jurisdictions (code),
  name_zh text not null,
  name_en text not null,
  households integer not null check (households >= 0),
  illustrative boolean not null
);

create table responses (
  id text primary key,
  name_zh text not null,
  name_en text not null,
  collection_from date not null,
  collection_until date not null,
  check (collection_until >= collection_from)
);

-- A version is never changed: any past decision can be replayed with the rules of that hour.
create table rule_sets (
  response_id text not null references responses (id),
  version integer not null,
  document jsonb not null,
  primary key (response_id, version)
);

-- What this installation is: the city it serves, and whether it is the demo city.
create table installation (
  only_row boolean primary key check (only_row),
  city_code integer not null references jurisdictions (code),
  demo boolean not null
);
