// What came of one input of a cmdlet that takes many.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.PowerShell;

/// <summary>What came of one input: a result or a failure, and what happened on the way. Made on any thread, written on the pipeline's.</summary>
internal sealed class Outcome<TInput, TResult>(TInput input) : IProgress<ChatKitExchange>
{
    private readonly List<ChatKitExchange> _exchanges = [];

    public TInput Input { get; } = input;

    public TResult? Result { get; set; }

    public Exception? Failure { get; set; }

    public IReadOnlyList<ChatKitExchange> Exchanges => _exchanges;

    /// <summary>Sends the request of an input. The task never fails: what went wrong is in the outcome.</summary>
    public static async Task<Outcome<TInput, TResult>> OfAsync(
        TInput input, Func<TInput, IProgress<ChatKitExchange>, CancellationToken, Task<TResult>> send, CancellationToken stopping)
    {
        Outcome<TInput, TResult> outcome = new(input);
        try
        {
            outcome.Result = await send(input, outcome, stopping).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            outcome.Failure = e;
        }

        return outcome;
    }

    void IProgress<ChatKitExchange>.Report(ChatKitExchange value) => _exchanges.Add(value);
}
