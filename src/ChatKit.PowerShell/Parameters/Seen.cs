// What this process has seen lately, for tab completion: a key press never sends a request.
using System.Linq;

namespace ChatKit.PowerShell;

internal static class Seen
{
    private const int Remembered = 256;

    private static readonly (string Id, string? Title, string? User)[] RecentThreads = new (string, string?, string?)[Remembered];
    private static readonly string[] RecentSessions = new string[Remembered];
    private static readonly object Lock = new();
    private static int _threads;
    private static int _sessions;

    public static void Note(ChatKitThread thread)
    {
        lock (Lock)
        {
            RecentThreads[_threads++ % Remembered] = (thread.Id, thread.Title, thread.User);
            _threads = _threads == int.MaxValue ? 0 : _threads;
        }
    }

    public static void Note(ChatKitSession session)
    {
        lock (Lock)
        {
            RecentSessions[_sessions++ % Remembered] = session.Id;
            _sessions = _sessions == int.MaxValue ? 0 : _sessions;
        }
    }

    public static (string Id, string? Title, string? User)[] Threads()
    {
        lock (Lock)
        {
            return [.. RecentThreads.Where(thread => thread.Id is not null)];
        }
    }

    public static string[] Sessions()
    {
        lock (Lock)
        {
            return [.. RecentSessions.Where(id => id is not null)];
        }
    }
}
