// A request's turn at the gate: the permit to send.
namespace ChatKit.Http;

/// <summary>The permit to send a request now.</summary>
/// <param name="number">The number of requests sent before.</param>
/// <param name="sentAt">When it is sent, in seconds.</param>
/// <param name="rate">The pace at that time, in requests/s.</param>
internal readonly struct Turn(long number, double sentAt, double rate)
{
    public long Number { get; } = number;

    public double SentAt { get; } = sentAt;

    public double Rate { get; } = rate;
}
