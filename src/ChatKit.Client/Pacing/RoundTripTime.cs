// How long it takes a refusal to come back.
namespace ChatKit.Http;

/// <summary>An average that follows the times of late. Until a request is refused, it is of the admitted ones.</summary>
internal sealed class RoundTripTime
{
    private bool _isOfRefusals;

    public double Seconds { get; private set; } = 0.02;

    public void Add(double took, bool isRefused)
    {
        if (isRefused && !_isOfRefusals)
        {
            _isOfRefusals = true;
            Seconds = took;
        }
        else if (isRefused == _isOfRefusals)
        {
            Seconds += (took - Seconds) / 16;
        }
    }
}
