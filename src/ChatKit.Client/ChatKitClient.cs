// The API: one method per endpoint.
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit;

/// <summary>A connection to the ChatKit API. Safe for use by several threads at once; keep one and share it, since it keeps its sockets.</summary>
/// <remarks>
/// Every method takes an <c>exchanges</c> that is told of each attempt before the call ends, on whatever thread it ran, and may be null; ends at
/// once when its token is cancelled; and throws a <see cref="ChatKitApiException"/> whose <see cref="ChatKitApiException.Kind"/> says what went wrong.
/// An answer is <see cref="ChatKitErrorKind.InvalidResponse"/> where it is not JSON, is nested deeper than 64 objects and arrays, or where what is
/// read of it is not UTF-8 or has another form than the API documents. Half a surrogate pair is read as U+FFFD. Control characters stay as they
/// are; <see cref="PrintableText"/> makes them safe where they are printed.
/// </remarks>
public sealed class ChatKitClient : IDisposable
{
    private const string Threads = "chatkit/threads";
    private const string Sessions = "chatkit/sessions";

    private readonly ApiSender _sender;

    /// <summary>Makes a connection. Nothing is sent before the first call.</summary>
    /// <param name="options">How to reach the API; copied, so a later change has no effect.</param>
    /// <exception cref="ChatKitSettingException">A setting cannot be used.</exception>
    public ChatKitClient(ChatKitClientOptions options)
        : this(options, null)
    {
    }

    /// <summary>Makes a connection over another way to the server than the network.</summary>
    /// <param name="options">How to reach the API; copied, so a later change has no effect.</param>
    /// <param name="handler">The way (an emulator, a test), owned by the client from now on; null for the network.</param>
    /// <exception cref="ChatKitSettingException">A setting cannot be used.</exception>
    public ChatKitClient(ChatKitClientOptions options, HttpMessageHandler? handler)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        ChatKitClientOptions valid = options.Validated();
        _sender = handler is null
            ? new ApiSender(valid, ConnectionHandler.Create(valid), () => ConnectionHandler.Create(valid, keepsConnections: false))
            : new ApiSender(valid, handler);
    }

    /// <summary>Gets one thread: <c>GET /chatkit/threads/{thread_id}</c>.</summary>
    /// <param name="threadId">The identifier. Whatever its characters, it is sent as one segment of the path.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The thread.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public Task<ChatKitThread> GetThreadAsync(string threadId, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default) =>
        GetAsync(threadId, ChatKitJson.ReadThread, thread => thread.Id, exchanges, cancellationToken);

    /// <summary>Gets one page of the project's threads: <c>GET /chatkit/threads</c>.</summary>
    /// <param name="options">Which page; null for the first, newest first.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The page. The next one is that after its <see cref="ChatKitPage{T}.LastId"/>, while it <see cref="ChatKitPage{T}.HasMore"/>.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public Task<ChatKitPage<ChatKitThread>> ListThreadsAsync(ChatKitListOptions? options = null, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default) =>
        ListAsync(options, body => OfUser(ChatKitJson.ReadThreadPage(body), options?.User, thread => thread.User), exchanges, cancellationToken);

    /// <summary>Gets the project's threads, page after page. An element may be deleted as soon as it has been given: none is skipped for it.</summary>
    /// <param name="options">Which threads, and how many a page has: 100 unless set; null for all, newest first.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the list at once.</param>
    /// <returns>The threads. Each walk asks anew; nothing is asked before the first element is.</returns>
    /// <exception cref="ChatKitApiException">A page could not be got, after what came before it was given; or the list does not advance.</exception>
    public IAsyncEnumerable<ChatKitThread> ListAllThreadsAsync(ChatKitListOptions? options = null, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default) =>
        ElementStream.ReadAsync(slots => ThreadStream.ReadAsync<ChatKitThread>((page, _, token) => ListThreadsAsync(page, exchanges, token), new(options ?? new()), slots), cancellationToken);

    /// <summary>Gets one page of a thread's items: <c>GET /chatkit/threads/{thread_id}/items</c>.</summary>
    /// <param name="threadId">The identifier of the thread.</param>
    /// <param name="options">Which page; null for the first, newest first. Its user is not sent.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public Task<ChatKitPage<ChatKitThreadItem>> ListItemsAsync(string threadId, ChatKitListOptions? options = null, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default) =>
        ListItemsAsync(threadId, options, body => ChatKitJson.ReadItemPage(body, threadId), exchanges, cancellationToken);

    /// <summary>Gets a thread's items, page after page.</summary>
    /// <param name="threadId">The identifier of the thread.</param>
    /// <param name="options">Which items, and how many a page has: 100 unless set; null for all, newest first. Its user is not sent.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the list at once.</param>
    /// <returns>The items. Each walk asks anew; nothing is asked before the first element is.</returns>
    /// <exception cref="ChatKitApiException">A page could not be got, after what came before it was given; or the list does not advance.</exception>
    public IAsyncEnumerable<ChatKitThreadItem> ListAllItemsAsync(string threadId, ChatKitListOptions? options = null, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default) =>
        ElementStream.ReadAsync(_ => PageStream.ReadAsync<ChatKitThreadItem>((page, _, token) => ListItemsAsync(threadId, page, exchanges, token), new(options ?? new())), cancellationToken);

    /// <summary>
    /// Deletes a thread, with its items and stored attachments; it cannot be undone: <c>DELETE /chatkit/threads/{thread_id}</c>. Where an
    /// earlier attempt of the same call may have deleted it, that the API does not find it any more counts as deleted.
    /// </summary>
    /// <param name="threadId">The identifier.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the call at once; whether the thread was deleted is then not known.</param>
    /// <returns>Whether the server says that the thread is gone.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public async Task<bool> DeleteThreadAsync(string threadId, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        ApiRequest request = new(HttpMethod.Delete, ThreadUri(threadId));
        try
        {
            return await _sender.SendAsync(request, body => ChatKitJson.ReadDeletion(body, threadId), exchanges, cancellationToken).ConfigureAwait(false);
        }
        catch (ChatKitApiException e) when (e.Kind == ChatKitErrorKind.NotFound && e.IsApiError && request.MayHaveBeenCarriedOut)
        {
            return true;
        }
    }

    /// <summary>Makes a session: <c>POST /chatkit/sessions</c>. It is not asked for twice where the first time may have made one.</summary>
    /// <param name="session">What session.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the call at once; whether there is a session is then not known.</param>
    /// <returns>The session, with its client secret.</returns>
    /// <exception cref="ChatKitSettingException">A value is outside what the API takes. Nothing was sent.</exception>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public async Task<ChatKitSession> CreateSessionAsync(ChatKitSessionRequest session, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        if (session is null)
        {
            throw new ArgumentNullException(nameof(session));
        }

        ApiRequest request = new(HttpMethod.Post, new Uri(_sender.BaseUri.AbsoluteUri + Sessions), SessionRequestWriter.Write(session), isIdempotent: false);
        return await _sender.SendAsync(request, ReadSession, exchanges, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a session: <c>POST /chatkit/sessions/{session_id}/cancel</c>.</summary>
    /// <param name="sessionId">The identifier of the session.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The session with its new status.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public async Task<ChatKitSession> CancelSessionAsync(string sessionId, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        ApiRequest request = new(HttpMethod.Post, ApiAddress.Of(_sender.BaseUri, Sessions, "session", sessionId, "/cancel"));
        return await _sender.SendAsync(
            request,
            body =>
            {
                ChatKitSession session = ReadSession(body);
                return session.Id == sessionId ? session : throw new JsonException($"Session '{sessionId}' was cancelled, and '{session.Id}' came.");
            },
            exchanges,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary><see cref="ListThreadsAsync"/>, but threads that cannot be read do not cost the page.</summary>
    internal Task<ChatKitPage<ChatKitThread>> ListReadableThreadsAsync(
        ChatKitListOptions options, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken) =>
        ListAsync(
            options,
            body => OfUser(ChatKitJson.ReadThreadPage(body, skipUnreadable: true), options.User, thread => thread.User),
            exchanges,
            cancellationToken);

    /// <summary><c>ListItemsAsync</c>, but items that cannot be read do not cost the page.</summary>
    internal Task<ChatKitPage<ChatKitThreadItem>> ListReadableItemsAsync(
        string threadId,
        ChatKitListOptions options,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken) =>
        ListItemsAsync(
            threadId,
            options,
            body => ChatKitJson.ReadItemPage(body, threadId, skipUnreadable: true),
            exchanges,
            cancellationToken);

    /// <summary>The failure to read an element of a page.</summary>
    internal ChatKitApiException FailureOf(UnreadableElement element) => new(
        ChatKitErrorKind.InvalidResponse, $"What the server sent cannot be read: {_sender.Excerpt(element.Reason)}");

    /// <summary><see cref="GetThreadAsync"/>, but whatever the thread looks like.</summary>
    internal Task<RawObject> GetRawThreadAsync(string threadId, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken) =>
        GetAsync(threadId, ChatKitJson.ReadRawThread, thread => thread.Id, exchanges, cancellationToken);

    /// <summary><see cref="ListThreadsAsync"/>, but whatever the threads look like.</summary>
    internal Task<ChatKitPage<RawObject>> ListRawThreadsAsync(ChatKitListOptions options, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken) =>
        ListAsync(options, body => OfUser(ChatKitJson.ReadRawPage(body), options.User, thread => thread.User), exchanges, cancellationToken);

    /// <summary><c>ListItemsAsync</c>, but whatever the items look like.</summary>
    internal Task<ChatKitPage<RawObject>> ListRawItemsAsync(string threadId, ChatKitListOptions options, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken) =>
        ListItemsAsync(threadId, options, body => ChatKitJson.ReadRawItemPage(body, threadId), exchanges, cancellationToken);

    /// <summary>What the connection is waiting for now, because the server asked for it or failed; null where for nothing.</summary>
    public ChatKitWait? Waiting => _sender.Waiting;

    /// <summary>
    /// Closes the connection. Calls under way end at once, and later ones fail, with <see cref="ChatKitErrorKind.ConnectionFailed"/>.
    /// </summary>
    public void Dispose() => _sender.Dispose();

    /// <summary>
    /// A page as it is, where every thread says that it is the user's: who deletes a user's threads by such a list would delete others'.
    /// </summary>
    private static ChatKitPage<T> OfUser<T>(ChatKitPage<T> page, string? user, Func<T, string?> userOf)
        where T : ChatKitObject
    {
        foreach (T thread in page.Data)
        {
            if (user is not null && userOf(thread) != user)
            {
                string other = userOf(thread) is { } name ? $"one of '{name}' came" : "one came that does not say whose it is";
                throw new JsonException($"The threads of user '{user}' were asked for, and {other}.");
            }
        }

        return page;
    }

    private async Task<T> GetAsync<T>(string threadId, Func<byte[], T> read, Func<T, string> idOf, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        ApiRequest request = new(HttpMethod.Get, ThreadUri(threadId));
        return await _sender.SendAsync(
            request,
            body =>
            {
                T thread = read(body);
                return idOf(thread) == threadId ? thread : throw new JsonException($"Thread '{threadId}' was asked for, and '{idOf(thread)}' came.");
            },
            exchanges,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> ListAsync<T>(ChatKitListOptions? options, Func<byte[], T> read, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        ApiRequest request = new(HttpMethod.Get, ApiAddress.OfList(_sender.BaseUri, Threads, options ?? new()));
        return await _sender.SendAsync(request, read, exchanges, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> ListItemsAsync<T>(string threadId, ChatKitListOptions? options, Func<byte[], T> read, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        options ??= new();
        string query = ApiAddress.Query(new() { Limit = options.Limit, Order = options.Order, After = options.After, Before = options.Before });
        ApiRequest request = new(HttpMethod.Get, ThreadUri(threadId, "/items", query));
        return await _sender.SendAsync(request, read, exchanges, cancellationToken).ConfigureAwait(false);
    }

    private ChatKitSession ReadSession(byte[] body)
    {
        ChatKitSession session = ChatKitJson.ReadSession(body);
        _sender.MaskSecret(session.GetClientSecret());
        return session;
    }

    private Uri ThreadUri(string threadId, string below = "", string query = "") =>
        ApiAddress.Of(_sender.BaseUri, Threads, "thread", threadId, below, query);
}
