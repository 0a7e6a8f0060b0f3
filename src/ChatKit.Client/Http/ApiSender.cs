// Sends a request and reads the whole response. Each attempt has a timeout and ends in a result or a failure.
using System;
using System.Diagnostics;
using System.Net.Http;
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

    // Cancelled by Dispose. Never disposed itself, because a late call still reads it.
    private readonly CancellationTokenSource _closing = new();
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _timeBudget;
    private readonly int _largestBody;
    private readonly SecretMask _mask;
    private readonly string _host;
    private readonly string _route;

    /// <param name="options">Validated settings.</param>
    /// <param name="handler">The way to the server. The sender owns it.</param>
    /// <param name="fresh">
    /// Makes a handler that opens a new connection for each request; null if the handler has no connections.
    /// </param>
    public ApiSender(ChatKitClientOptions options, HttpMessageHandler handler, Func<HttpMessageHandler>? fresh = null)
    {
        BaseUri = options.BaseUri;
        _timeout = options.Timeout;
        _timeBudget = options.MaximumRetryWait;
        _pacer = new RequestPacer(Clock.System, _gate, options.MaximumRetryCount, _timeBudget, Jitter);
        _largestBody = options.IsResponseSizeUnlimited ? int.MaxValue : options.MaximumResponseSize;
        _mask = new SecretMask(options.ApiKey);
        _host = options.BaseUri.Authority;
        _route = options.Proxy is null ? _host : $"{_host} through the proxy {options.Proxy.Authority}";
        _http = ApiHttpClient.Create(options, handler);
        _fresh = new(() => fresh is null ? _http : ApiHttpClient.Create(options, fresh()));
    }

    public Uri BaseUri { get; }

    /// <summary>Why requests wait at present: a delay or a pace. Null if they do not.</summary>
    public ChatKitWait? Waiting => _gate.Waiting;

    /// <summary>Sends a request and reads its response, with retries.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">Reads the body; throws <see cref="JsonException"/> if it is not the expected one.</param>
    /// <param name="exchanges">Receives every attempt; may be null.</param>
    /// <param name="cancellationToken">Cancels the attempt or the delay before the next one.</param>
    /// <exception cref="ChatKitApiException">The request failed, or the connection is closed.</exception>
    /// <exception cref="OperationCanceledException">
    /// The caller cancelled it; the exception has the caller's token.
    /// </exception>
    public async Task<T> SendAsync<T>(
        ApiRequest request,
        Func<byte[], T> read,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            return await _pacer.SendAsync(
                request.IsIdempotent,
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
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException &&
            ending.IsCancellationRequested)
        {
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(e.Message, e, cancellationToken)
                : new ChatKitApiException(ChatKitErrorKind.ConnectionFailed, $"The connection to {_host} is closed.")
                {
                    MayHaveBeenCarriedOut = request.MayHaveBeenCarriedOut,
                };
        }
    }

    /// <summary>Masks a client secret from now on in everything that this connection shows.</summary>
    public void MaskSecret(string? clientSecret) => _mask.Remember(clientSecret);

    /// <summary>The beginning of a text from the server, safe to show.</summary>
    public string Excerpt(string text) => _mask.Excerpt(text, 200);

    /// <summary>Cancels the calls in flight.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _http.Dispose();
        if (_fresh.IsValueCreated)
        {
            _fresh.Value.Dispose();
        }
    }

    private static double Jitter()
    {
        lock (Random)
        {
            return Random.NextDouble();
        }
    }

    private async Task<Attempt<T>> AttemptAsync<T>(
        ApiRequest request,
        Func<byte[], T> read,
        IProgress<ChatKitExchange>? exchanges,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HttpRequestMessage message = request.CreateMessage();
        using CancellationTokenSource attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(_timeout);
        var clock = Stopwatch.StartNew();
        HttpResponseMessage? response = null;
        byte[] body = [];
        string? noResponse = null;
        T? result = default;
        ChatKitApiException? failure = null;
        try
        {
            HttpClient http = request.NeedsFreshConnection ? _fresh.Value : _http;
            response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, attempt.Token)
                .OrCancelledAsync(attempt.Token).ConfigureAwait(false);
            (body, Exception? cut) = await ResponseBody.ReadAsync(response, _largestBody, attempt.Token)
                .OrCancelledAsync(attempt.Token).ConfigureAwait(false);
            if (cut is not null)
            {
                attempt.Token.ThrowIfCancellationRequested();
                noResponse = "the answer was cut short";
            }

            (result, failure) = Interpret(response, body, cut, read);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            // A cancelled handler may throw anything. Whether the server carried out the request is unknown.
            request.MayHaveBeenCarriedOut = true;
            exchanges?.Report(
                new ChatKitExchange(message, request.Body, response, body, clock.Elapsed, "cancelled", _mask));
            throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
        }
        catch (Exception e) when (attempt.IsCancellationRequested)
        {
            noResponse = $"no complete answer within {_timeout.TotalSeconds:0.###} s";
            failure = new ChatKitApiException(ChatKitErrorKind.TimedOut, $"{_host} gave {noResponse}.", _mask.Apply(e))
            {
                StatusCode = (int?)response?.StatusCode,
                RequestId = response is null ? null : ApiResponse.RequestIdOf(response, _mask),
                MayHaveBeenCarriedOut = true,
                IsTransient = true,
                HasNoResponse = true,
            };
        }
        catch (OperationCanceledException e)
        {
            noResponse = $"The connection to {_host} was closed during the call.";
            failure = new ChatKitApiException(
                ChatKitErrorKind.ConnectionFailed, noResponse, e) { MayHaveBeenCarriedOut = true };
        }
        catch (HttpRequestException e)
        {
            failure = ConnectionFailure.Of(e, _route, _mask);
            noResponse = failure.Message;
        }
        finally
        {
            response?.Dispose();
        }

        request.NeedsFreshConnection |= failure is { IsMismatched: true };
        ChatKitExchange exchange = new(message, request.Body, response, body, clock.Elapsed, noResponse, _mask);
        return new Attempt<T>(result, failure, exchange);
    }

    private (T? Result, ChatKitApiException? Failure) Interpret<T>(
        HttpResponseMessage message, byte[] body, Exception? cut, Func<byte[], T> read)
    {
        ApiResponse response = new(message, body, _mask);
        if (cut is not null)
        {
            string why = _mask.Excerpt(cut.Message).TrimEnd('.');
            ChatKitApiException failure = response.ToInvalid(
                $"The answer of {_host} was cut short after {body.Length} bytes ({why}).", _mask.Apply(cut));

            // A body that is too large would be as large the next time.
            failure.IsTransient = cut is not BodyTooLargeException;
            return (default, failure);
        }

        if (!message.IsSuccessStatusCode)
        {
            return (default, response.ToFailure());
        }

        try
        {
            return (read(body), null);
        }
        catch (JsonException e)
        {
            // No inner exception: its text may quote anything that the server sent.
            ChatKitApiException failure = response.ToInvalid(
                $"The answer of {_host} is not what was asked for: {_mask.Excerpt(e.Message, 200)}");
            failure.IsMismatched = true;
            return (default, failure);
        }
    }
}
