// A project of many threads that look like the API's, for soaks and benchmarks; and a project as the lines of an
// archive.
using System.Linq;
using System.Text;
using ChatKit.Emulator;

namespace ChatKit.LoopbackServer;

internal static class Bulk
{
    private const long FirstSecond = 1_700_000_000;

    /// <summary>
    /// Threads <c>cthr_00000001</c> and so on, a minute apart, of so many users, each with so many items; and, if
    /// wanted, <c>cthr_long</c> with many.
    /// </summary>
    public static ThreadStore Project(int threads, int items, int users, int? longItems)
    {
        ThreadStore store = new();
        for (int i = 1; i <= threads; i++)
        {
            Add(i, $"cthr_{i:d8}", items);
        }

        if (longItems is { } count)
        {
            Add(threads + 1, "cthr_long", count);
        }

        return store;

        void Add(int i, string id, int items)
        {
            long createdAt = FirstSecond + (60L * i);
            string user = $"user_{i % users}";
            string thread = $$"""{"id":"{{id}}","object":"chatkit.thread","created_at":{{createdAt}},"title":"Where is order {{i}}?","status":{"type":"active"},"user":"{{user}}"}""";
            store.TryAdd(new(id, createdAt, user, Encoding.UTF8.GetBytes(thread), [.. Enumerable.Range(1, items).Select(
                n => Item(id, n, createdAt + n))]));
        }
    }

    /// <summary>A thread with its items on a line, each as the API sends it.</summary>
    public static string Line(StoredThread thread) =>
        $$"""{"thread":{{Encoding.UTF8.GetString(thread.Json)}},"items":[{{string.Join(",", thread.Items.Select(item => Encoding.UTF8.GetString(item.Json.Span)))}}]}""" + "\n";

    private static StoredItem Item(string threadId, int number, long createdAt)
    {
        string id = $"cthi_{number:d8}";
        string head = $$"""{"id":"{{id}}","object":"chatkit.thread_item","created_at":{{createdAt}},"thread_id":"{{threadId}}" """.TrimEnd();
        string rest = number % 2 == 1
            ? ""","type":"chatkit.user_message","content":[{"type":"input_text","text":"My order has not come, and nobody answers. Where is it?"}],"attachments":[],"inference_options":null}"""
            : ""","type":"chatkit.assistant_message","content":[{"type":"output_text","text":"It left our store on Monday; the carrier says Thursday.","annotations":[]}]}""";
        return new(id, Encoding.UTF8.GetBytes(head + rest));
    }
}
