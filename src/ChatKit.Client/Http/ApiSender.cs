// Sends a request and reads the whole answer: the time limit of each attempt, the record of it, and every way in which it can fail.
using System;
using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal sealed class ApiSender : IDisposable
{
    private static readonly Random Random = new();

    private readonly RequestGate _gate = new(Clock.System);
    private readonly RequestPacer _pacer;
    private readonly HttpClient _http;
    private readonly Lazy<HttpClient> _fresh;

    // Cancelled once the connection is closed; never disposed, since a late call looks at it.
    private readonly CancellationTokenSource _closing = new();
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _longestWait;
    private readonly int _largestBody;
    private readonly SecretMask _mask;
    private readonly string _host;
    private readonly string _route;

    /// <param name="options">Settings that have been checked.</param>
    /// <param name="handler">The way to the server; the sender owns it from now on.</param>
    /// <param name="fresh">Makes one whose every request goes over a connection of its own; null where the way has no connections.</param>
    public ApiSender(ChatKitClientOptions options, HttpMessageHandler handler, Func<HttpMessageHandler>? fresh = null)
    {
        BaseUri = options.BaseUri;
        _timeout = options.Timeout;
        _longestWait = options.MaximumRetryWait;
        _pacer = new RequestPacer(Clock.System, _gate, options.MaximumRetryCount, _longestWait, Jitter);
        _largestBody = options.HasAnyResponseSize ? int.MaxValue : options.MaximumResponseSize;
        _mask = new SecretMask(options.ApiKey);
        _host = options.BaseUri.Authority;
        _route = options.Proxy is null ? _host : $"{_host} through the proxy {options.Proxy.Authority}";
        _http = NewClient(options, handler);
        _fresh = new(() => fresh is null ? _http : NewClient(options, fresh()));
    }

    public Uri BaseUri { get; }

    /// <summary>What the connection is waiting for, or paced by; null where neither.</summary>
    public ChatKitWait? Waiting => _gate.Waiting;

    /// <summary>Sends a request and reads its answer, as often as the retry rule has it.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">Makes the result of the body; throws <see cref="JsonException"/> where it is not what was asked for.</param>
    /// <param name="exchanges">Is told of every attempt, however it ended; may be null.</param>
    /// <param name="cancellationToken">Ends the attempt, and the wait for the next, at once.</param>
    /// <exception cref="ChatKitApiException">It failed, or the connection is closed.</exception>
    /// <exception cref="OperationCanceledException">The caller ended it; the token is the caller's.</exception>
    public async Task<T> SendAsync<T>(
        ApiRequest request,
        Func<byte[], T> read,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            return await _pacer.SendAsync(
                request.IsRepeatable,
                () => AttemptAsync(request, read, exchanges, ending.Token),
                (attempt, retry) =>
                {
                    attempt.Exchange!.Note = retry?.Note;
                    exchanges?.Report(attempt.Exchange);
                    if (attempt.Failure is { } failure)
                    {
                        request.MayHaveBeenCarriedOut |= failure.MayHaveBeenCarriedOut;
                        failure.MayHaveBeenCarriedOut = request.MayHaveBeenCarriedOut;
                    }
                },
                ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && ending.IsCancellationRequested)
        {
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(e.Message, e, cancellationToken)
                : new ChatKitApiException(ChatKitErrorKind.ConnectionFailed, $"The connection to {_host} is closed.")
                {
                    MayHaveBeenCarriedOut = request.MayHaveBeenCarriedOut,
                };
        }
    }

    /// <summary>Masks a client secret that came through this connection, wherever it comes again.</summary>
    public void KeepSecret(string? clientSecret) => _mask.Remember(clientSecret);

    /// <summary>The beginning of a text that may hold anything that the server sent.</summary>
    public string Excerpt(string text) => _mask.Excerpt(text, 200);

    /// <summary>Ends the calls under way, at whatever they wait for.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _http.Dispose();
        if (_fresh.IsValueCreated)
        {
            _fresh.Value.Dispose();
        }
    }

    private static HttpClient NewClient(ChatKitClientOptions options, HttpMessageHandler handler)
    {
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        HttpRequestHeaders headers = client.DefaultRequestHeaders;
        headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        headers.Add("OpenAI-Beta", "chatkit_beta=v1");
        if (options.UserAgent.Length > 0)
        {
            headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        }

        if (options.Organization is not null)
        {
            headers.Add("OpenAI-Organization", options.Organization);
        }

        if (options.Project is not null)
        {
            headers.Add("OpenAI-Project", options.Project);
        }

        return client;
    }

    private static double Jitter()
    {
        lock (Random)
        {
            return Random.NextDouble();
        }
    }

    private async Task<Attempt<T>> AttemptAsync<T>(
        ApiRequest toSend, Func<byte[], T> read, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HttpRequestMessage request = toSend.NextAttempt();
        using CancellationTokenSource attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(_timeout);
        var clock = Stopwatch.StartNew();
        HttpResponseMessage? response = null;
        byte[] body = [];
        string? noAnswer = null;
        T? result = default;
        ChatKitApiException? failure = null;
        try
        {
            HttpClient http = toSend.NeedsFreshConnection ? _fresh.Value : _http;
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token)
                .OrCancelledAsync(attempt.Token).ConfigureAwait(false);
            (body, Exception? cut) = await ResponseBody.ReadAsync(response, _largestBody, attempt.Token)
                .OrCancelledAsync(attempt.Token).ConfigureAwait(false);
            if (cut is not null)
            {
                attempt.Token.ThrowIfCancellationRequested();
                noAnswer = "the answer was cut short";
            }

            (result, failure) = Judge(new ApiResponse(response, body, _mask), response, body, cut, read);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: a handler that is ended may throw anything. Whether the server did what was asked is not known any more.
            toSend.MayHaveBeenCarriedOut = true;
            exchanges?.Report(new ChatKitExchange(request, toSend.Body, response, body, clock.Elapsed, "cancelled", _mask));
            throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
        }
        catch (Exception e) when (attempt.IsCancellationRequested)
        {
            noAnswer = $"no complete answer within {_timeout.TotalSeconds:0.###} s";
            failure = new ChatKitApiException(ChatKitErrorKind.TimedOut, $"{_host} gave {noAnswer}.", _mask.Apply(e))
            {
                StatusCode = (int?)response?.StatusCode,
                RequestId = response is null ? null : ApiResponse.RequestIdOf(response, _mask),
                MayHaveBeenCarriedOut = true,
                IsTransient = true,
                IsSilent = true,
            };
        }
        catch (OperationCanceledException e)
        {
            noAnswer = $"The connection to {_host} was closed during the call.";
            failure = new ChatKitApiException(ChatKitErrorKind.ConnectionFailed, noAnswer, e) { MayHaveBeenCarriedOut = true };
        }
        catch (HttpRequestException e)
        {
            failure = ConnectionFailure(e);
            noAnswer = failure.Message;
        }
        finally
        {
            response?.Dispose();
        }

        toSend.NeedsFreshConnection |= failure is { IsOfAnother: true };
        ChatKitExchange exchange = new(request, toSend.Body, response, body, clock.Elapsed, noAnswer, _mask);
        return new Attempt<T>(result, failure, exchange);
    }

    private (T? Result, ChatKitApiException? Failure) Judge<T>(ApiResponse answer, HttpResponseMessage response, byte[] body, Exception? cut, Func<byte[], T> read)
    {
        if (cut is not null)
        {
            // Too large is not cut short by accident: it would be as large the next time.
            ChatKitApiException failure = answer.ToInvalid($"The answer of {_host} was cut short after {body.Length} bytes ({_mask.Excerpt(cut.Message).TrimEnd('.')}).", _mask.Apply(cut));
            failure.IsTransient = cut is not BodyTooLargeException;
            return (default, failure);
        }

        if (!response.IsSuccessStatusCode)
        {
            return (default, answer.ToFailure());
        }

        try
        {
            return (read(body), null);
        }
        catch (JsonException e)
        {
            // Not as the inner exception: its text may hold anything that the server sent.
            ChatKitApiException failure = answer.ToInvalid($"The answer of {_host} is not what was asked for: {_mask.Excerpt(e.Message, 200)}");
            failure.IsOfAnother = true;
            return (default, failure);
        }
    }

    private ChatKitApiException ConnectionFailure(HttpRequestException failure)
    {
        Exception cause = failure;
        bool isTls = false;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
            isTls |= cause is AuthenticationException;
        }

        string what = isTls ? $"The TLS connection to {_route} failed" : $"The connection to {_route} failed";
        SocketError? error = (cause as SocketException)?.SocketErrorCode;
        bool isUnknownHost = error is SocketError.HostNotFound or SocketError.NoData;
        return new ChatKitApiException(ChatKitErrorKind.ConnectionFailed, $"{what}: {_mask.Excerpt(cause.Message, 300)}", _mask.Apply(failure))
        {
            // Without a connection nothing was sent.
            MayHaveBeenCarriedOut = !isTls && !isUnknownHost && error is not SocketError.ConnectionRefused,

            // A certificate does not become good, nor a name known, within seconds.
            IsTransient = !isTls && !isUnknownHost,
            IsSilent = true,
            IsOfConnection = isTls || isUnknownHost,
            IsUnreachable = error is SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable or
                SocketError.HostDown or SocketError.NetworkDown or SocketError.TimedOut or SocketError.TryAgain,
        };
    }
}
