// The emulated thread and item endpoints.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;

namespace ChatKit.Emulator;

internal sealed class ThreadEndpoints(ThreadStore store)
{
    public HttpResponseMessage Get(string id) =>
        store.Find(id) is { } thread ? Responses.Json(thread.Json) : NotFound(id);

    public HttpResponseMessage List(Uri uri)
    {
        (ListQuery query, HttpResponseMessage? refusal) = ListQuery.Read(uri, hasUser: true);
        if (refusal is not null)
        {
            return refusal;
        }

        List<StoredThread>? found =
            store.List(query.Descending, query.After, query.Before, query.User, query.Limit + 1);
        return found is null
            ? NotFound(query.After is { } after && store.Find(after) is null ? after : query.Before ?? "")
            : Responses.Page(
                [.. found.Select(thread => (thread.Id, new ReadOnlyMemory<byte>(thread.Json)))], query.Limit);
    }

    public HttpResponseMessage ListItems(string id, Uri uri)
    {
        (ListQuery query, HttpResponseMessage? refusal) = ListQuery.Read(uri, hasUser: false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (store.Find(id) is not { } thread)
        {
            return NotFound(id);
        }

        int? after = IndexOf(thread, query.After);
        int? before = IndexOf(thread, query.Before);
        if (after < 0 || before < 0)
        {
            return Responses.NotFound($"No thread item found with id '{(after < 0 ? query.After : query.Before)}'.");
        }

        List<StoredItem> found =
            ThreadStore.Slice(thread.Items, query.Descending, after, before, null, query.Limit + 1);
        return Responses.Page([.. found.Select(item => (item.Id, item.Json))], query.Limit);
    }

    public HttpResponseMessage Delete(string id) => store.Remove(id)
        ? Responses.Json(writer =>
        {
            writer.WriteString("id", id);
            writer.WriteString("object", "chatkit.thread.deleted");
            writer.WriteBoolean("deleted", true);
        })
        : NotFound(id);

    private static HttpResponseMessage NotFound(string id) => Responses.NotFound($"No thread found with id '{id}'.");

    private static int? IndexOf(StoredThread thread, string? itemId)
    {
        if (itemId is null)
        {
            return null;
        }

        for (int i = 0; i < thread.Items.Count; i++)
        {
            if (thread.Items[i].Id == itemId)
            {
                return i;
            }
        }

        return -1;
    }
}
