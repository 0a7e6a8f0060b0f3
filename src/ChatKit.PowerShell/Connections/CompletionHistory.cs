// What a connection has shown lately, for tab completion: a key press never sends a request.
using System.Linq;

namespace ChatKit.PowerShell;

internal sealed class CompletionHistory
{
    private const int Remembered = 256;

    private readonly (string Id, string? Title, string? User)[] _recentThreads =
        new (string, string?, string?)[Remembered];
    private readonly string[] _recentSessions = new string[Remembered];
    private readonly object _lock = new();
    private int _threads;
    private int _sessions;

    public void Note(ChatKitThread thread)
    {
        lock (_lock)
        {
            _recentThreads[_threads++ % Remembered] = (thread.Id, thread.Title, thread.User);
            _threads = _threads == int.MaxValue ? 0 : _threads;
        }
    }

    public void Note(ChatKitSession session)
    {
        lock (_lock)
        {
            _recentSessions[_sessions++ % Remembered] = session.Id;
            _sessions = _sessions == int.MaxValue ? 0 : _sessions;
        }
    }

    public (string Id, string? Title, string? User)[] Threads()
    {
        lock (_lock)
        {
            return [.. _recentThreads.Where(thread => thread.Id is not null)];
        }
    }

    public string[] Sessions()
    {
        lock (_lock)
        {
            return [.. _recentSessions.Where(id => id is not null)];
        }
    }
}
