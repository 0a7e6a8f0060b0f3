-- Archives as tables, for Spark SQL 3.5 or newer. Put your folders in the place of /data/{archive-1,archive-2}.
-- A thread that was exported again stands in an archive several times; its last line is the one that counts. A line's place is its file, the block
-- of the file that Spark reads at once, and the order within that block.

create or replace temporary view lines as
select value, _metadata.file_path as file, _metadata.file_block_start as block, monotonically_increasing_id() as line
from text.`/data/{archive-1,archive-2}/threads-*.jsonl*`;

create or replace temporary view threads as
select id, title, status, status_reason, end_user, created_at, items
from (
    select get_json_object(value, '$.thread.id') as id, get_json_object(value, '$.thread.title') as title,
        get_json_object(value, '$.thread.status.type') as status, get_json_object(value, '$.thread.status.reason') as status_reason,
        get_json_object(value, '$.thread.user') as end_user, timestamp_seconds(cast(get_json_object(value, '$.thread.created_at') as bigint)) as created_at,
        from_json(value, 'items array<string>').items as items,
        row_number() over (partition by get_json_object(value, '$.thread.id') order by file desc, block desc, line desc) as version
    from lines
)
where version = 1;

create or replace temporary view items as
select thread_id, get_json_object(item, '$.id') as id, get_json_object(item, '$.type') as type,
    timestamp_seconds(cast(get_json_object(item, '$.created_at') as bigint)) as created_at, get_json_object(item, '$.content[0].text') as text, item
from (select id as thread_id, explode(items) as item from threads);
