-- The hot verbs of the hall: one function, one round trip, one transaction each. They run as the caller, take the town
-- first, and never read the clock. The pick rule is ordered_at, then id; rules.py is its twin.

-- Who stands before a place in the line, and the minutes of work they bring.
create or replace function hall_before(town bigint, on_day date, place timestamptz, out people integer, out minutes integer)
language sql stable as $$
  select count(*)::integer, coalesce(sum(queue.minutes_each), 0)::integer
  from hall_ticket as ticket
  join hall_queue as queue on queue.town_id = town and queue.id = ticket.queue_id
  where ticket.town_id = town and ticket.day = on_day and ticket.status = 'waiting' and ticket.ordered_at <= place
$$;

-- rules.wait_minutes
create or replace function hall_wait_minutes(town bigint, minutes_before integer) returns integer
language sql stable as $$
  select ceil(minutes_before::numeric / greatest(count(*), 1))::integer
  from hall_window where town_id = town and status = 'open'
$$;

-- Without the list's code, as it was before; two of one name would be mistaken for each other.
drop function if exists hall_take_ticket(
  bigint, timestamptz, date, text, jsonb, text, text, integer, text, text, text, text, bigint, text, text, text, text
);

create or replace function hall_take_ticket(
  town bigint, moment timestamptz, on_day date,
  queue_key text, wanted jsonb, list text, channel text, reason text, age integer,
  sealed_id text, sealed_phone text, token text, actor_kind text, actor_id bigint,
  who text, route text, client_key text, body_digest text
) returns jsonb language plpgsql as $$
declare
  line hall_queue;
  arrived timestamptz;
  place timestamptz;
  given integer;
  printed text;
  made bigint;
  ahead integer;
  minutes integer;
  answer jsonb;
begin
  perform set_config('yichuang.town', town::text, true);
  answer := ground_once_begin(town, who, route, client_key, body_digest, moment);
  if answer is not null then
    return answer;
  end if;
  select * into line from hall_queue where town_id = town and key = queue_key;
  if not found then
    perform ground_refuse('queue_unknown', jsonb_build_object('queue', queue_key));
  end if;
  if reason = '' and age >= line.priority_age then
    reason := 'elder';
  end if;
  given := ground_next_number(town, 'ticket.' || queue_key, on_day);
  -- Two takers may read the clock in one order and get their numbers in the other; the number decides.
  arrived := greatest(moment, (
    select taken_at from hall_ticket
    where town_id = town and day = on_day and queue_id = line.id and serial = given - 1
  ));
  place := arrived - make_interval(
    mins => line.head_start_minutes + case when reason <> '' then line.priority_minutes else 0 end
  );
  printed := line.letter || lpad(given::text, greatest(3, length(given::text)), '0');
  select before.people, hall_wait_minutes(town, before.minutes) into ahead, minutes
  from hall_before(town, on_day, place) as before;
  insert into hall_ticket (
    town_id, queue_id, day, serial, number, items, list_code, channel, priority, priority_reason, id_number, phone,
    track_token, status, ordered_at, told_minutes, taken_at, calls
  ) values (
    town, line.id, on_day, given, printed, wanted, list, channel, (reason <> '')::integer, reason, sealed_id, sealed_phone,
    token, 'waiting', place, minutes, arrived, 0
  ) returning id into made;
  perform ground_record(
    town, 'hall.ticket_taken', 'hall.ticket', made, actor_kind, actor_id, moment,
    jsonb_build_object('number', printed, 'queue', queue_key, 'channel', channel, 'ahead', ahead, 'minutes', minutes)
  );
  answer := jsonb_build_object(
    'id', made, 'number', printed, 'queue', queue_key, 'queue_name', line.name, 'ahead', ahead,
    'wait_minutes', minutes, 'track_token', token
  );
  if client_key <> '' then
    perform ground_once_keep(town, who, route, client_key, answer);
  end if;
  return answer;
end
$$;

-- Null when nobody waits.
create or replace function hall_call_next(
  town bigint, moment timestamptz, on_day date, window_number integer, caller bigint,
  who text, route text, client_key text, body_digest text
) returns jsonb language plpgsql as $$
declare
  desk hall_window;
  held text;
  picked bigint;
  ticket hall_ticket;
  line hall_queue;
  waited integer;
  answer jsonb;
begin
  perform set_config('yichuang.town', town::text, true);
  answer := ground_once_begin(town, who, route, client_key, body_digest, moment);
  if answer is not null then
    return nullif(answer, '{}'::jsonb);
  end if;
  select * into desk from hall_window where town_id = town and number = window_number for update;
  if not found then
    perform ground_refuse('window_unknown', jsonb_build_object('number', window_number));
  elsif desk.status <> 'open' then
    perform ground_refuse('window_not_open', jsonb_build_object('number', window_number));
  elsif desk.clerk_id <> caller then
    perform ground_refuse('window_not_yours', jsonb_build_object('number', window_number));
  end if;
  select number into held from hall_ticket
  where town_id = town and window_id = desk.id and day = on_day and status in ('called', 'serving');
  if found then
    perform ground_refuse('window_busy', jsonb_build_object('ticket', held, 'number', window_number));
  end if;
  select id into picked from hall_ticket
  where town_id = town and day = on_day and status = 'waiting'
  order by ordered_at, id limit 1
  for update skip locked;
  if not found then
    return null;
  end if;
  update hall_ticket
  set status = 'called', window_id = desk.id, clerk_id = caller, calls = 1, called_at = moment, last_called_at = moment
  where town_id = town and id = picked
  returning * into ticket;
  select * into line from hall_queue where town_id = town and id = ticket.queue_id;
  waited := greatest(0, round(extract(epoch from moment - ticket.taken_at) / 60));
  perform ground_record(
    town, 'hall.ticket_called', 'hall.ticket', picked, 'people.staff', caller, moment,
    jsonb_build_object('number', ticket.number, 'queue', line.key, 'window', window_number, 'waited_minutes', waited)
  );
  answer := jsonb_build_object(
    'id', picked, 'number', ticket.number, 'queue', line.key, 'queue_name', line.name, 'window', window_number,
    'items', ticket.items, 'priority', ticket.priority, 'waited_minutes', waited
  );
  if client_key <> '' then
    perform ground_once_keep(town, who, route, client_key, answer);
  end if;
  return answer;
end
$$;

-- A called or serving ticket that this clerk has in hand, locked; anything else is refused.
create or replace function hall_in_hand(town bigint, ticket_id bigint, caller bigint, wanted text) returns hall_ticket
language plpgsql as $$
declare
  ticket hall_ticket;
begin
  select * into ticket from hall_ticket where town_id = town and id = ticket_id for update;
  if not found then
    perform ground_refuse('ticket_unknown', '{}');
  elsif ticket.status <> wanted then
    perform ground_refuse('wrong_moment', jsonb_build_object('thing', ticket.number, 'state', ticket.status));
  elsif ticket.clerk_id <> caller then
    perform ground_refuse('ticket_elsewhere', jsonb_build_object('number', ticket.number, 'window', (
      select number from hall_window where town_id = town and id = ticket.window_id
    )));
  end if;
  return ticket;
end
$$;

create or replace function hall_start_serving(
  town bigint, moment timestamptz, ticket_id bigint, caller bigint,
  who text, route text, client_key text, body_digest text
) returns jsonb language plpgsql as $$
declare
  ticket hall_ticket;
  answer jsonb;
begin
  perform set_config('yichuang.town', town::text, true);
  answer := ground_once_begin(town, who, route, client_key, body_digest, moment);
  if answer is not null then
    return answer;
  end if;
  ticket := hall_in_hand(town, ticket_id, caller, 'called');
  update hall_ticket set status = 'serving', started_at = moment where town_id = town and id = ticket_id;
  answer := hall_step_told(town, ticket, 'serving', 0);
  perform ground_record(
    town, 'hall.serving_started', 'hall.ticket', ticket_id, 'people.staff', caller, moment,
    answer - array['id', 'status', 'minutes']
  );
  if client_key <> '' then
    perform ground_once_keep(town, who, route, client_key, answer);
  end if;
  return answer;
end
$$;

create or replace function hall_finish_serving(
  town bigint, moment timestamptz, ticket_id bigint, caller bigint,
  who text, route text, client_key text, body_digest text
) returns jsonb language plpgsql as $$
declare
  ticket hall_ticket;
  answer jsonb;
begin
  perform set_config('yichuang.town', town::text, true);
  answer := ground_once_begin(town, who, route, client_key, body_digest, moment);
  if answer is not null then
    return answer;
  end if;
  ticket := hall_in_hand(town, ticket_id, caller, 'serving');
  update hall_ticket set status = 'finished', finished_at = moment where town_id = town and id = ticket_id;
  answer := hall_step_told(
    town, ticket, 'finished', greatest(0, round(extract(epoch from moment - ticket.started_at) / 60))::integer
  );
  perform ground_record(
    town, 'hall.serving_finished', 'hall.ticket', ticket_id, 'people.staff', caller, moment,
    answer - array['id', 'status']
  );
  if client_key <> '' then
    perform ground_once_keep(town, who, route, client_key, answer);
  end if;
  return answer;
end
$$;

-- What a step of serving answers: the ticket, where it is now, and the minutes it took so far.
create or replace function hall_step_told(town bigint, ticket hall_ticket, status text, minutes integer) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', ticket.id, 'number', ticket.number, 'status', status, 'minutes', minutes,
    'queue', (select key from hall_queue where town_id = town and id = ticket.queue_id),
    'window', (select number from hall_window where town_id = town and id = ticket.window_id)
  )
$$;
