// The client of the API: one method for each endpoint.
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

/// <summary>
/// A client of the ChatKit API. It is thread-safe. Create one and share it, so that its connections are reused.
/// </summary>
/// <remarks>
/// Every method reports each attempt to <c>exchanges</c>, if it is not null, before the call ends and on any thread.
/// Every method ends at once when its token is cancelled, and throws a <see cref="ChatKitApiException"/> on failure. A
/// response is <see cref="ChatKitErrorKind.InvalidResponse"/> if it is not JSON, is nested deeper than 64 levels, or if
/// a value that is read is not UTF-8 or not of the documented type. A lone surrogate is read as U+FFFD. Control
/// characters are kept; use <see cref="PrintableText"/> to print them safely.
/// </remarks>
public sealed class ChatKitClient : IDisposable
{
    private const string Sessions = "chatkit/sessions";

    private readonly ApiSender _sender;

    /// <summary>Creates a client. Nothing is sent before the first call.</summary>
    /// <param name="options">The settings. They are copied, so later changes have no effect.</param>
    /// <exception cref="ChatKitSettingException">A setting is invalid.</exception>
    public ChatKitClient(ChatKitClientOptions options)
        : this(options, null)
    {
    }

    /// <summary>Creates a client that sends its requests to a handler instead of the network.</summary>
    /// <param name="options">The settings. They are copied, so later changes have no effect.</param>
    /// <param name="handler">
    /// The handler, such as an emulator or a test double; the client disposes it. Null for the network.
    /// </param>
    /// <exception cref="ChatKitSettingException">A setting is invalid.</exception>
    public ChatKitClient(ChatKitClientOptions options, HttpMessageHandler? handler)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        ChatKitClientOptions valid = options.Validated();
        _sender = handler is null
            ? new ApiSender(
                valid, ConnectionHandler.Create(valid), () => ConnectionHandler.Create(valid, keepsConnections: false))
            : new ApiSender(valid, handler);
        Threads = new ThreadEndpoints(_sender);
    }

    /// <summary>Gets one thread: <c>GET /chatkit/threads/{thread_id}</c>.</summary>
    /// <param name="threadId">The identifier. It is escaped to be one segment of the path.</param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The thread.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public Task<ChatKitThread> GetThreadAsync(
        string threadId, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default) =>
        Threads.GetAsync(threadId, ChatKitJson.ReadThread, thread => thread.Id, exchanges, cancellationToken);

    /// <summary>Gets one page of the project's threads: <c>GET /chatkit/threads</c>.</summary>
    /// <param name="options">Which page; null for the first, newest first.</param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The page. If it <see cref="ChatKitPage{T}.HasMore"/>, the next page is the one after its
    /// <see cref="ChatKitPage{T}.LastId"/>.
    /// </returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public Task<ChatKitPage<ChatKitThread>> ListThreadsAsync(
        ChatKitListOptions? options = null,
        IProgress<ChatKitExchange>? exchanges = null,
        CancellationToken cancellationToken = default) =>
        Threads.ListAsync(
            options, body => ChatKitJson.ReadThreadPage(body), thread => thread.User, exchanges, cancellationToken);

    /// <summary>
    /// Lists the project's threads, page by page. The caller may delete each thread at once; no other thread is skipped
    /// because of it.
    /// </summary>
    /// <param name="options">
    /// Which threads to list, and the page size, by default 100; null for all, newest first.
    /// </param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>
    /// The threads. Each enumeration sends its own requests, the first when the first element is requested.
    /// </returns>
    /// <exception cref="ChatKitApiException">
    /// A page failed, or the cursor does not advance. Thrown after the elements before it.
    /// </exception>
    public IAsyncEnumerable<ChatKitThread> ListAllThreadsAsync(
        ChatKitListOptions? options = null,
        IProgress<ChatKitExchange>? exchanges = null,
        CancellationToken cancellationToken = default) =>
        ElementStream.ReadAsync(
            slots => ThreadStream.ReadAsync<ChatKitThread>(
                (page, _, token) => ListThreadsAsync(page, exchanges, token), new(options ?? new()), slots),
            cancellationToken);

    /// <summary>Gets one page of a thread's items: <c>GET /chatkit/threads/{thread_id}/items</c>.</summary>
    /// <param name="threadId">The identifier of the thread.</param>
    /// <param name="options">Which page; null for the first, newest first. The user is not sent.</param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public Task<ChatKitPage<ChatKitThreadItem>> ListItemsAsync(
        string threadId,
        ChatKitListOptions? options = null,
        IProgress<ChatKitExchange>? exchanges = null,
        CancellationToken cancellationToken = default) =>
        Threads.ListItemsAsync(
            threadId, options, body => ChatKitJson.ReadItemPage(body, threadId), exchanges, cancellationToken);

    /// <summary>Lists a thread's items, page by page.</summary>
    /// <param name="threadId">The identifier of the thread.</param>
    /// <param name="options">
    /// Which items to list, and the page size, by default 100; null for all, newest first. The user is not sent.
    /// </param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>
    /// The items. Each enumeration sends its own requests, the first when the first element is requested.
    /// </returns>
    /// <exception cref="ChatKitApiException">
    /// A page failed, or the cursor does not advance. Thrown after the elements before it.
    /// </exception>
    public IAsyncEnumerable<ChatKitThreadItem> ListAllItemsAsync(
        string threadId,
        ChatKitListOptions? options = null,
        IProgress<ChatKitExchange>? exchanges = null,
        CancellationToken cancellationToken = default) =>
        ElementStream.ReadAsync(
            _ => PageStream.ReadAsync<ChatKitThreadItem>(
                (page, _, token) => ListItemsAsync(threadId, page, exchanges, token), new(options ?? new())),
            cancellationToken);

    /// <summary>
    /// Deletes a thread with its items and stored attachments: <c>DELETE /chatkit/threads/{thread_id}</c>. It cannot be
    /// undone. If an earlier attempt of the same call may have deleted it, "not found" counts as deleted.
    /// </summary>
    /// <param name="threadId">The identifier.</param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the call. The thread may then be deleted or not.</param>
    /// <returns>Whether the server confirms that the thread is deleted.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public Task<bool> DeleteThreadAsync(
        string threadId, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default) =>
        Threads.DeleteAsync(threadId, exchanges, cancellationToken);

    /// <summary>
    /// Creates a session: <c>POST /chatkit/sessions</c>. It is not retried if an attempt may have created one.
    /// </summary>
    /// <param name="session">The settings of the session.</param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the call. The session may then exist or not.</param>
    /// <returns>The session, with its client secret.</returns>
    /// <exception cref="ChatKitSettingException">A value exceeds the API's limits. Nothing was sent.</exception>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public async Task<ChatKitSession> CreateSessionAsync(
        ChatKitSessionRequest session,
        IProgress<ChatKitExchange>? exchanges = null,
        CancellationToken cancellationToken = default)
    {
        if (session is null)
        {
            throw new ArgumentNullException(nameof(session));
        }

        ApiRequest request = new(
            HttpMethod.Post,
            new Uri(_sender.BaseUri.AbsoluteUri + Sessions),
            SessionRequestWriter.Write(session),
            isIdempotent: false);
        return await _sender.SendAsync(request, ReadSession, exchanges, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cancels a session: <c>POST /chatkit/sessions/{session_id}/cancel</c>.</summary>
    /// <param name="sessionId">The identifier of the session.</param>
    /// <param name="exchanges">Receives each attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The session with its new status.</returns>
    /// <exception cref="ChatKitApiException">The call failed.</exception>
    public async Task<ChatKitSession> CancelSessionAsync(
        string sessionId, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        ApiRequest request =
            new(HttpMethod.Post, ApiAddress.Of(_sender.BaseUri, Sessions, "session", sessionId, "/cancel"));
        return await _sender.SendAsync(
            request,
            body =>
            {
                ChatKitSession session = ReadSession(body);
                return session.Id == sessionId
                    ? session
                    : throw new JsonException($"Session '{sessionId}' was cancelled, and '{session.Id}' came.");
            },
            exchanges,
            cancellationToken).ConfigureAwait(false);
    }

    internal ThreadEndpoints Threads { get; }

    /// <summary>The exception for an element of a page that cannot be read.</summary>
    internal ChatKitApiException FailureOf(UnreadableElement element) => new(
        ChatKitErrorKind.InvalidResponse, $"What the server sent cannot be read: {_sender.Excerpt(element.Reason)}");

    /// <summary>Why requests wait at present: throttling, a retry delay or a pace. Null if they do not.</summary>
    public ChatKitWait? Waiting => _sender.Waiting;

    /// <summary>
    /// Closes the connection. Calls in flight and later calls fail with
    /// <see cref="ChatKitErrorKind.ConnectionFailed"/>.
    /// </summary>
    public void Dispose() => _sender.Dispose();

    private ChatKitSession ReadSession(byte[] body)
    {
        ChatKitSession session = ChatKitJson.ReadSession(body);
        _sender.MaskSecret(session.GetClientSecret());
        return session;
    }
}
