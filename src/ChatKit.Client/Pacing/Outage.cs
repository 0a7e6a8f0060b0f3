// Handles a server that does not respond: one request probes it while the others wait. A circuit breaker.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>
/// An outage begins when a request fails without a response and no other response came since it was sent. It ends when
/// any request gets a response or the probe gives up. This class is thread-safe.
/// </summary>
/// <param name="clock">Queues the continuations of those that wait.</param>
internal sealed class Outage(Clock clock)
{
    private readonly object _lock = new();
    private TaskCompletionSource<ChatKitApiException?>? _end;
    private TaskCompletionSource<ChatKitApiException?>? _next;
    private object? _prober;
    private object? _failed;
    private bool _isOfSeveral;
    private long _responses;
    private int _losses;
    private int _inFlight;

    /// <summary>The number of responses so far.</summary>
    public long Responses
    {
        get
        {
            lock (_lock)
            {
                return _responses;
            }
        }
    }

    /// <summary>The end of the outage if another request is the probe; null if this request may be sent.</summary>
    /// <returns>
    /// A task with the failure that lost the connection, or with null if the server responds again or a new probe is
    /// needed.
    /// </returns>
    public Task<ChatKitApiException?>? WaitFor(object request)
    {
        lock (_lock)
        {
            return _prober == request ? null : _end?.Task;
        }
    }

    /// <summary>How many times the connection was lost.</summary>
    public int Losses
    {
        get
        {
            lock (_lock)
            {
                return _losses;
            }
        }
    }

    /// <summary>Notes that a request is sent. One of the next three says how that ended.</summary>
    public void NoteSent()
    {
        lock (_lock)
        {
            _inFlight++;
        }
    }

    /// <summary>Notes a response, of whatever status.</summary>
    public void NoteResponse()
    {
        lock (_lock)
        {
            _responses++;
            (_failed, _isOfSeveral) = (null, false);
            EndAttempt();
            End(null);
        }
    }

    /// <summary>Notes that a request was cancelled while it was in flight.</summary>
    public void NoteCancelled()
    {
        lock (_lock)
        {
            EndAttempt();
        }
    }

    /// <summary>Notes that a request failed without a response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="before">
    /// The value of <see cref="Responses"/> when the request was sent or last failed. Set to the current value if that
    /// differs.
    /// </param>
    /// <returns>Whether no response has come since then.</returns>
    public bool NoteNoResponse(object request, ref long? before)
    {
        lock (_lock)
        {
            EndAttempt();
            if (_responses != before)
            {
                before = _responses;
                return false;
            }

            _isOfSeveral |= _failed is not null && _failed != request;
            _failed ??= request;
            return true;
        }
    }

    /// <summary>Makes a request the probe, unless there is one.</summary>
    public void Probe(object request)
    {
        lock (_lock)
        {
            if (_end is null)
            {
                (_end, _prober) = (new(), request);
            }
        }
    }

    /// <summary>
    /// Notes that a request has used up its retries without a response. The connection counts as lost if the host is
    /// unreachable or several requests failed: a single one may have failed for its own reasons. If others are in
    /// flight, how the next of them ends decides it.
    /// </summary>
    public async Task GiveUpAsync(
        object request, ChatKitApiException failure, CancellationToken cancellationToken)
    {
        try
        {
            while (WaitForNext(request, failure) is { } next)
            {
                await WaitAsync(next, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The request failed before it was cancelled.
        }

        lock (_lock)
        {
            failure.IsOfConnection |= failure.IsUnreachable || _isOfSeveral;
            if (_prober == request)
            {
                End(failure.IsOfConnection ? failure : null);
            }
        }
    }

    /// <summary>Notes that a request has ended. If it was the probe, another request may be.</summary>
    public void Leave(object request)
    {
        lock (_lock)
        {
            if (_prober == request)
            {
                End(null);
            }
        }
    }

    /// <summary>Waits for the end of an outage, or for cancellation.</summary>
    public static async Task<ChatKitApiException?> WaitAsync(
        Task<ChatKitApiException?> end, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ChatKitApiException?> cancelled = new();
        using CancellationTokenRegistration registration =
            cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await (await Task.WhenAny(end, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private Task<ChatKitApiException?>? WaitForNext(object request, ChatKitApiException failure)
    {
        lock (_lock)
        {
            bool isAlone = !failure.IsUnreachable && !_isOfSeveral && _failed == request;
            return isAlone && _inFlight > 0 ? (_next ??= new()).Task : null;
        }
    }

    private void EndAttempt()
    {
        _inFlight--;
        if (_next is { } next)
        {
            _next = null;
            clock.Post(() => next.SetResult(null));
        }
    }

    private void End(ChatKitApiException? failure)
    {
        if (_end is { } end)
        {
            (_end, _prober) = (null, null);
            _losses += failure is null ? 0 : 1;
            clock.Post(() => end.SetResult(failure));
        }
    }
}
