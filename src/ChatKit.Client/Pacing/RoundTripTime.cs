// How long it takes a refusal to come back.
namespace ChatKit.Http;

/// <summary>An average that follows the times of late. Until a request is refused, it is of the admitted ones.</summary>
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
