// Sends one request and reads the whole answer: the time limit of an attempt, the record of the exchange, and every way in which it can fail.
using System;
using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal sealed class ApiSender : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly SecretMask _mask;
    private readonly string _host;

    /// <param name="options">Settings that have been checked.</param>
    /// <param name="handler">The way to the server; the sender owns it from now on.</param>
    public ApiSender(ChatKitClientOptions options, HttpMessageHandler handler)
    {
        BaseUri = options.BaseUri;
        _timeout = options.Timeout;
        _mask = new SecretMask(options.ApiKey);
        _host = options.BaseUri.Authority;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        HttpRequestHeaders headers = _http.DefaultRequestHeaders;
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
    }

    public Uri BaseUri { get; }

    /// <summary>Sends a request and reads its answer; a refusal for rate waits its turn and is sent again.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">Makes the result of the body; throws <see cref="JsonException"/> where it is not what was asked for.</param>
    /// <param name="exchanges">Is told of every attempt, however it ended; may be null.</param>
    /// <param name="cancellationToken">Ends the attempt, and the wait for the next, at once.</param>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<byte[], T> read, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        TimeSpan waited = TimeSpan.Zero;
        while (true)
        {
            TimeSpan wait;
            try
            {
                return await AttemptAsync(request, read, exchanges, cancellationToken).ConfigureAwait(false);
            }
            catch (ChatKitApiException e) when (Refusal.WaitOf(e, request.Attempts) is { } asked && waited + asked <= LongestWait)
            {
                wait = asked;
            }

            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            waited += wait;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> AttemptAsync<T>(ApiRequest toSend, Func<byte[], T> read, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = toSend.NextAttempt();
        using CancellationTokenSource attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(_timeout);
        var clock = Stopwatch.StartNew();
        HttpResponseMessage? response = null;
        byte[] body = [];
        string? failure = null;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token).ConfigureAwait(false);
            (body, Exception? cut) = await ResponseBody.ReadAsync(response, attempt.Token).ConfigureAwait(false);
            ApiResponse answer = new(response, body, _mask);
            if (cut is not null)
            {
                attempt.Token.ThrowIfCancellationRequested();
                failure = "the answer was cut short";
                throw answer.ToInvalid($"The answer of {_host} was cut short after {body.Length} bytes ({_mask.Excerpt(cut.Message).TrimEnd('.')}).", cut);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw answer.ToFailure();
            }

            try
            {
                return read(body);
            }
            catch (JsonException e)
            {
                // Not as the inner exception: its text may hold anything that the server sent.
                throw answer.ToInvalid($"The answer of {_host} is not what was asked for: {_mask.Excerpt(e.Message, 200)}");
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested && !attempt.IsCancellationRequested)
        {
            failure = $"The connection to {_host} was closed during the call.";
            throw new ChatKitApiException(ChatKitErrorKind.ConnectionFailed, failure, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            failure = $"no complete answer within {_timeout.TotalSeconds:0.###} s";
            throw new ChatKitApiException(ChatKitErrorKind.TimedOut, $"{_host} gave {failure}.", e)
            {
                StatusCode = (int?)response?.StatusCode,
                RequestId = response is null ? null : ApiResponse.RequestIdOf(response, _mask),
            };
        }
        catch (HttpRequestException e)
        {
            failure = DescribeConnectionFailure(e);
            throw new ChatKitApiException(ChatKitErrorKind.ConnectionFailed, failure, e);
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                exchanges?.Report(new ChatKitExchange(request, toSend.Body, response, body, clock.Elapsed, failure, _mask));
            }

            response?.Dispose();
        }
    }

    private string DescribeConnectionFailure(HttpRequestException failure)
    {
        Exception cause = failure;
        bool tls = false;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
            tls |= cause is AuthenticationException;
        }

        string what = tls ? $"The TLS connection to {_host} failed" : $"The connection to {_host} failed";
        return $"{what}: {_mask.Excerpt(cause.Message, 300)}";
    }
}
