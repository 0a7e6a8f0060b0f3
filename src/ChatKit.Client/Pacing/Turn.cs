// A request's turn at the gate.
namespace ChatKit.Http;

/// <summary>That a request may be sent now.</summary>
/// <param name="number">How many were sent before it.</param>
/// <param name="sentAt">When it is sent, in seconds by the gate's clock.</param>
/// <param name="rate">At which pace, in requests a second.</param>
internal readonly struct Turn(long number, double sentAt, double rate)
{
    public long Number { get; } = number;

    public double SentAt { get; } = sentAt;

    public double Rate { get; } = rate;
}
