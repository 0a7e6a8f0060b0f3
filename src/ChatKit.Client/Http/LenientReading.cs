// Reads of the module and the archive that accept what the models do not: unreadable elements, and raw objects.
using System;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit;

internal static class LenientReading
{
    /// <summary>As <c>ListThreadsAsync</c>, but a thread that cannot be read does not fail the page.</summary>
    public static Task<ChatKitPage<ChatKitThread>> ListReadableThreadsAsync(
        this ChatKitClient client,
        ChatKitListOptions options,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken) =>
        client.Threads.ListAsync(
            options,
            body => ChatKitJson.ReadThreadPage(body, skipUnreadable: true),
            thread => thread.User,
            exchanges,
            cancellationToken);

    /// <summary>As <c>ListItemsAsync</c>, but an item that cannot be read does not fail the page.</summary>
    public static Task<ChatKitPage<ChatKitThreadItem>> ListReadableItemsAsync(
        this ChatKitClient client,
        string threadId,
        ChatKitListOptions options,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken) =>
        client.Threads.ListItemsAsync(
            threadId,
            options,
            body => ChatKitJson.ReadItemPage(body, threadId, skipUnreadable: true),
            exchanges,
            cancellationToken);

    /// <summary>As <c>GetThreadAsync</c>, but reads the raw object.</summary>
    public static Task<RawObject> GetRawThreadAsync(
        this ChatKitClient client,
        string threadId,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken) =>
        client.Threads.GetAsync(
            threadId, ChatKitJson.ReadRawThread, thread => thread.Id, exchanges, cancellationToken);

    /// <summary>As <c>ListThreadsAsync</c>, but reads raw objects.</summary>
    public static Task<ChatKitPage<RawObject>> ListRawThreadsAsync(
        this ChatKitClient client,
        ChatKitListOptions options,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken) =>
        client.Threads.ListAsync(
            options, ChatKitJson.ReadRawPage, thread => thread.User, exchanges, cancellationToken);

    /// <summary>As <c>ListItemsAsync</c>, but reads raw objects.</summary>
    public static Task<ChatKitPage<RawObject>> ListRawItemsAsync(
        this ChatKitClient client,
        string threadId,
        ChatKitListOptions options,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken) =>
        client.Threads.ListItemsAsync(
            threadId, options, body => ChatKitJson.ReadRawItemPage(body, threadId), exchanges, cancellationToken);
}
