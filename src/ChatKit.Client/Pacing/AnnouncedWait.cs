// The longest delay of a connection's requests, for progress and verbose output.
using System;

namespace ChatKit.Http;

internal sealed class AnnouncedWait
{
    private ChatKitWait? _wait;
    private bool _isAbandoned;

    /// <summary>The delay; null if it is over, or if its request was cancelled and no hint holds the others.</summary>
    public ChatKitWait? At(bool isHeld) => _wait?.Left > TimeSpan.Zero && (!_isAbandoned || isHeld) ? _wait : null;

    /// <summary>Shows a delay if it is longer than the present one.</summary>
    public void Announce(ChatKitWait wait, bool isHeld)
    {
        if (!(At(isHeld)?.Left >= wait.Left))
        {
            (_wait, _isAbandoned) = (wait, false);
        }
    }

    /// <summary>Notes that the request of a delay was cancelled.</summary>
    public void Abandon(ChatKitWait wait) => _isAbandoned |= wait == _wait;
}
