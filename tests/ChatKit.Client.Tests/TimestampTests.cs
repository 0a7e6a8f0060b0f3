// Both forms of a point in time, and what is neither.
using System;
using System.Globalization;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class TimestampTests
{
    [Theory]
    [InlineData("0", "1970-01-01T00:00:00.0000000")]
    [InlineData("1712345678", "2024-04-05T19:34:38.0000000")]
    [InlineData("1712345678.25", "2024-04-05T19:34:38.2500000")]
    [InlineData("1.712345678e9", "2024-04-05T19:34:38.0000000")]
    [InlineData("-1.5", "1969-12-31T23:59:58.5000000")]
    [InlineData("-86400", "1969-12-31T00:00:00.0000000")]
    [InlineData("\"2024-04-05T19:34:38Z\"", "2024-04-05T19:34:38.0000000")]
    [InlineData("\"2024-04-05T19:34:38.125Z\"", "2024-04-05T19:34:38.1250000")]
    [InlineData("\"2024-04-05T21:34:38+02:00\"", "2024-04-05T19:34:38.0000000")]
    [InlineData("\"2024-04-05T14:04:38.5-05:30\"", "2024-04-05T19:34:38.5000000")]
    [InlineData("\"2024-04-05T19:34:38\"", "2024-04-05T19:34:38.0000000")]
    [InlineData("\"2024-04-05 19:34:38\"", "2024-04-05T19:34:38.0000000")]
    [InlineData("\"2024-04-05\"", "2024-04-05T00:00:00.0000000")]
    public async Task Becomes_local_time(string json, string utc)
    {
        DateTime? ofThread = (await FakeServer.ReadAsync($$"""{"id":"cthr_1","created_at":{{json}}}""")).CreatedAt;
        DateTime? ofItem =
            (await FakeServer.ReadItemAsync<ChatKitTask>($$"""{"type":"task","created_at":{{json}}}""")).CreatedAt;
        DateTime? ofUnknown = (
            await FakeServer.ReadItemAsync<ChatKitUnknownItem>($$"""{"type":"new","created_at":{{json}}}""")).CreatedAt;

        Assert.Equal(DateTimeKind.Local, ofThread!.Value.Kind);
        Assert.Equal(utc, ofThread.Value.ToUniversalTime().ToString(
            "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Assert.Equal((ofThread, ofThread), (ofItem, ofUnknown));
        Assert.Equal((DateTimeKind.Local, DateTimeKind.Local), (ofItem!.Value.Kind, ofUnknown!.Value.Kind));
    }

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("\"\"")]
    [InlineData("\"10:30\"")]
    [InlineData("\"5/6\"")]
    [InlineData("\"2024-13-45T00:00:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1712345678]")]
    [InlineData("1712345678000")]
    [InlineData("-62135596801")]
    [InlineData("1e300")]
    [InlineData("-1e999")]
    public async Task Is_null_where_it_is_no_point_in_time_and_costs_nothing_else(string json)
    {
        ChatKitThread thread = await FakeServer.ReadAsync($$"""{"id":"cthr_1","created_at":{{json}},"title":"T"}""");
        ChatKitTask item =
            await FakeServer.ReadItemAsync<ChatKitTask>($$"""{"type":"task","created_at":{{json}},"id":"cthi_1"}""");

        Assert.Equal((null, "T", null, "cthi_1"), (thread.CreatedAt, thread.Title, item.CreatedAt, item.Id));
    }
}
