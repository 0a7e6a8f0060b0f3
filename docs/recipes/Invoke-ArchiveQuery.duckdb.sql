-- Archives as tables, for DuckDB 1.5 or newer. First: set variable archives = ['./archive'], a list of folders.
-- A thread that was exported again stands in an archive several times; its last line is the one that counts.

create or replace temp view lines as
select thread, items, filename, row_number() over () as line
from read_json(list_transform(getvariable('archives'), lambda folder: folder || '/threads-*.jsonl*'),
    format = 'newline_delimited', columns = {thread: 'JSON', items: 'JSON[]'}, filename = true, maximum_object_size = 67108864);

-- What was not on the server any more when the archive was brought up to date.
create or replace temp view gone as
select unnest(gone) as id
from read_json(list_transform(getvariable('archives'), lambda folder: folder || '/manifest.json'), columns = {gone: 'VARCHAR[]'});

create or replace temp view threads as
select thread ->> 'id' as id, thread ->> 'title' as title, thread ->> '$.status.type' as status, thread ->> '$.status.reason' as status_reason,
    thread ->> 'user' as end_user, to_timestamp((thread ->> 'created_at')::bigint) as created_at,
    (thread ->> 'id') in (select id from gone) as is_gone, items
from lines
qualify row_number() over (partition by (thread ->> 'id') order by filename desc, line desc) = 1;

create or replace temp view items as
select thread_id, item ->> 'id' as id, item ->> 'type' as type, to_timestamp((item ->> 'created_at')::bigint) as created_at,
    array_to_string(list_filter(item ->> '$.content[*].text', lambda text: text is not null), chr(10)) as text, item
from (select id as thread_id, unnest(items) as item from threads);
