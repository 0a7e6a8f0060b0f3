// A server that does not answer at all: one request tries it, and the others of the connection wait for that one.
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>
/// An outage lasts from the first failure without a response, where none came since that request was sent, until any request gets a response
/// or the one that tries gives up. Safe for use by several threads at once.
/// </summary>
/// <param name="clock">Wakes those that wait.</param>
internal sealed class Outage(Clock clock)
{
    private readonly object _lock = new();
    private TaskCompletionSource<ChatKitApiException?>? _end;
    private object? _prober;
    private object? _failed;
    private bool _isOfSeveral;
    private long _responses;

    /// <summary>How many responses have come.</summary>
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

    /// <summary>The end of the outage, where another request tries the server; null where this one may be sent.</summary>
    /// <returns>A task that gives what ended the connection; null where the server answers again, or this request is to try.</returns>
    public Task<ChatKitApiException?>? WaitFor(object request)
    {
        lock (_lock)
        {
            return _prober == request ? null : _end?.Task;
        }
    }

    /// <summary>A response came, whatever it says.</summary>
    public void NoteResponse()
    {
        lock (_lock)
        {
            _responses++;
            (_failed, _isOfSeveral) = (null, false);
            End(null);
        }
    }

    /// <summary>A request failed without a response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="before">How many responses had come when it was first sent, at its own last response, or at its last failure; made that of now.</param>
    /// <returns>Whether none has come since.</returns>
    public bool NoteNoResponse(object request, ref long? before)
    {
        lock (_lock)
        {
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

    /// <summary>Lets a request try the server for all, where no other does.</summary>
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
    /// A request has used up its retries while no response came. That is the connection's failure where nobody listens at the address, or
    /// several requests have failed: one alone may be at fault itself.
    /// </summary>
    public void GiveUp(object request, ChatKitApiException failure)
    {
        lock (_lock)
        {
            failure.IsOfConnection |= failure.IsUnreachable || _isOfSeveral;
            if (_prober == request)
            {
                End(failure.IsOfConnection ? failure : null);
            }
        }
    }

    /// <summary>A request is over; where it was the one to try, another may.</summary>
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

    /// <summary>Waits for the end of an outage.</summary>
    public static async Task<ChatKitApiException?> WaitAsync(Task<ChatKitApiException?> end, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ChatKitApiException?> cancelled = new();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await (await Task.WhenAny(end, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private void End(ChatKitApiException? failure)
    {
        if (_end is { } end)
        {
            (_end, _prober) = (null, null);
            clock.Post(() => end.SetResult(failure));
        }
    }
}
