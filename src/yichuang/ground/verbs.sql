-- The next gapless number of a town by name and day. Runs as the caller, inside the caller's transaction: the row
-- lock is held until that ends, and a rollback gives the number back. The caller's transaction has set the town
-- already (within(), or the hot verb that calls this); for any other town the policy of ground_counter refuses.
-- The row is there for all but the first number of a day, so update comes before insert.
create or replace function ground_next_number(town bigint, name text, day date) returns integer
language plpgsql as $$
declare
    given integer;
begin
    update ground_counter as counter set last = counter.last + 1
     where counter.town_id = ground_next_number.town
       and counter.name = ground_next_number.name
       and counter.day = ground_next_number.day
    returning counter.last into given;
    if found then
        return given;
    end if;
    -- Two first takers meet here: the later one waits for the earlier and counts on from it.
    insert into ground_counter as counter (town_id, name, day, last)
    values (ground_next_number.town, ground_next_number.name, ground_next_number.day, 1)
    on conflict on constraint one_counter_a_name_and_day do update set last = counter.last + 1
    returning counter.last into given;
    return given;
end
$$;
-- The trail. Every function takes the town first; none reads the clock.

create or replace function ground_record(
  town bigint, kind text, subject_kind text, subject_id bigint,
  actor_kind text, actor_id bigint, moment timestamptz, facts jsonb
) returns bigint language sql as $$
  insert into ground_trail (town_id, kind, subject_kind, subject_id, actor_kind, actor_id, at, facts)
  values (town, kind, subject_kind, subject_id, actor_kind, actor_id, moment, facts)
  returning id
$$;

-- Settled: no transaction that could still write an earlier row is open. Rows of an earlier era are all settled.
create or replace function ground_settled(town bigint, after_era integer, after_xid bigint, after_id bigint, most integer)
returns setof ground_trail language sql stable as $$
  select * from ground_trail
  where town_id = town
    and (era, xid, id) > (after_era, after_xid::text::xid8, after_id)
    and (era < ground_current_era() or xid < pg_snapshot_xmin(pg_current_snapshot()))
  order by era, xid, id
  limit most
$$;

create or replace function ground_newest(town bigint)
returns setof ground_trail language sql stable as $$
  select * from ground_trail
  where town_id = town
    and (era < ground_current_era() or xid < pg_snapshot_xmin(pg_current_snapshot()))
  order by era desc, xid desc, id desc
  limit 1
$$;

-- A repeated request. Null: this one is the first, go on. Otherwise the answer that was given then.
-- The second of two simultaneous requests waits here for the first one's transaction.
create or replace function ground_once_begin(
  town bigint, who text, called text, client_key text, body_digest text, moment timestamptz
) returns jsonb language plpgsql as $$
declare
  stored ground_once;
begin
  if client_key = '' then
    return null;
  end if;
  insert into ground_once (town_id, principal, route, key, digest, answer, at)
  values (town, who, called, client_key, body_digest, null, moment)
  on conflict on constraint one_answer_a_client_key do nothing;
  if found then
    return null;
  end if;
  select * into stored from ground_once
  where town_id = town and principal = who and route = called and key = client_key;
  if stored.digest <> body_digest then
    perform ground_refuse('key_reused', '{}');
  end if;
  return coalesce(stored.answer, '{}'::jsonb);
end
$$;

create or replace function ground_once_keep(town bigint, who text, called text, client_key text, given jsonb)
returns void language sql as $$
  update ground_once set answer = given
  where town_id = town and principal = who and route = called and key = client_key
$$;

-- A refusal raised inside a verb: the code travels in the message, the facts in the detail.
create or replace function ground_refuse(code text, facts jsonb) returns void language plpgsql as $$
begin
  raise exception using errcode = 'YC001', message = code, detail = facts::text;
end
$$;
