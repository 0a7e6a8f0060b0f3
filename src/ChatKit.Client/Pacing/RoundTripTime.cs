// Measures the round-trip time of throttling responses.
namespace ChatKit.Http;

/// <summary>A moving average. Until a request is throttled, it covers the admitted ones.</summary>
internal sealed class RoundTripTime
{
    private bool _isOfThrottled;

    public double Seconds { get; private set; } = 0.02;

    public void Add(double took, bool isThrottled)
    {
        if (isThrottled && !_isOfThrottled)
        {
            _isOfThrottled = true;
            Seconds = took;
        }
        else if (isThrottled == _isOfThrottled)
        {
            Seconds += (took - Seconds) / 16;
        }
    }
}
