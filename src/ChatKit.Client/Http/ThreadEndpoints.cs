// The thread endpoints, for any type that a response is read as: models or raw objects.
using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit.Http;

internal sealed class ThreadEndpoints(ApiSender sender)
{
    private const string Threads = "chatkit/threads";

    /// <summary>Gets a thread, and checks that it is the requested one.</summary>
    public async Task<T> GetAsync<T>(
        string threadId,
        Func<byte[], T> read,
        Func<T, string> idOf,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken)
    {
        ApiRequest request = new(HttpMethod.Get, UriOf(threadId));
        return await sender.SendAsync(
            request,
            body =>
            {
                T thread = read(body);
                return idOf(thread) == threadId
                    ? thread
                    : throw new JsonException($"Thread '{threadId}' was asked for, and '{idOf(thread)}' came.");
            },
            exchanges,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists threads, and checks that they are the requested user's.</summary>
    public async Task<ChatKitPage<T>> ListAsync<T>(
        ChatKitListOptions? options,
        Func<byte[], ChatKitPage<T>> read,
        Func<T, string?> userOf,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken)
        where T : ChatKitObject
    {
        options ??= new();
        string? user = options.User;
        ApiRequest request = new(HttpMethod.Get, ApiAddress.OfList(sender.BaseUri, Threads, options));
        return await sender.SendAsync(
            request, body => CheckUser(read(body), user, userOf), exchanges, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists a thread's items.</summary>
    public async Task<T> ListItemsAsync<T>(
        string threadId,
        ChatKitListOptions? options,
        Func<byte[], T> read,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken)
    {
        options ??= new();
        string query = ApiAddress.Query(
            new() { Limit = options.Limit, Order = options.Order, After = options.After, Before = options.Before });
        ApiRequest request = new(HttpMethod.Get, UriOf(threadId, "/items", query));
        return await sender.SendAsync(request, read, exchanges, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a thread.</summary>
    public async Task<bool> DeleteAsync(
        string threadId, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        ApiRequest request = new(HttpMethod.Delete, UriOf(threadId));
        try
        {
            return await sender.SendAsync(
                request,
                body => ChatKitJson.ReadDeletion(body, threadId),
                exchanges,
                cancellationToken).ConfigureAwait(false);
        }
        catch (ChatKitApiException e)
            when (e.Kind == ChatKitErrorKind.NotFound && e.IsApiError && request.MayHaveBeenCarriedOut)
        {
            return true;
        }
    }

    /// <summary>A caller that deletes the threads of one user must not get another's.</summary>
    private static ChatKitPage<T> CheckUser<T>(ChatKitPage<T> page, string? user, Func<T, string?> userOf)
        where T : ChatKitObject
    {
        foreach (T thread in page.Data)
        {
            if (user is not null && userOf(thread) != user)
            {
                string other = userOf(thread) is { } name
                    ? $"one of '{name}' came"
                    : "one came that does not say whose it is";
                throw new JsonException($"The threads of user '{user}' were asked for, and {other}.");
            }
        }

        return page;
    }

    private Uri UriOf(string threadId, string below = "", string query = "") =>
        ApiAddress.Of(sender.BaseUri, Threads, "thread", threadId, below, query);
}
