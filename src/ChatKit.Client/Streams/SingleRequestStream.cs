// A stream of one request, for what has an id.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Streams;

internal static class SingleRequestStream
{
    /// <summary>Sends one request, and yields its result or its failure.</summary>
    public static async IAsyncEnumerable<StreamBatch<T>> ReadAsync<T>(
        Func<IProgress<ChatKitExchange>, CancellationToken, Task<T>> send,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ExchangeRecorder exchanges = new();
        (T? answer, Exception? failure) =
            await StreamBatch<T>.TryAsync(() => send(exchanges, cancellationToken)).ConfigureAwait(false);
        yield return new(failure is null ? [answer!] : []) { Exchanges = exchanges, Failure = failure, IsLast = true };
    }
}
