// What a run of an export is to do.
using System;
using System.Collections.Generic;

namespace ChatKit.Archive;

/// <summary>What to export, and where to.</summary>
/// <param name="folder">
/// The folder of the archive. It is created if it does not exist; an archive that exists is resumed.
/// </param>
/// <param name="project">The project, as the connection was set.</param>
public sealed class ChatKitArchiveExportOptions(string folder, ChatKitArchiveProject project)
{
    /// <summary>The folder of the archive.</summary>
    public string Folder { get; } = folder ?? throw new ArgumentNullException(nameof(folder));

    /// <summary>The project, as the connection was set.</summary>
    public ChatKitArchiveProject Project { get; } = project ?? throw new ArgumentNullException(nameof(project));

    /// <summary>
    /// The threads, where they are wanted by id; null where they are listed. They are asked for one by one as there is
    /// room for them, on a thread of the pool, which may wait for the next as long as it takes: a
    /// <c>BlockingCollection</c> will do. What is no id is one thread's failure.
    /// </summary>
    public IEnumerable<ChatKitExportTarget>? Ids { get; set; }

    /// <summary>
    /// The end users whose threads, 1 to 512 characters each; null for all users'. Not with <see cref="Ids"/>.
    /// </summary>
    public IReadOnlyList<string>? Users { get; set; }

    /// <summary>
    /// Only threads created after this moment; a thread without a date matches no bound. Not with <see cref="Ids"/>.
    /// </summary>
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Only threads created before this moment. Not with <see cref="Ids"/>.</summary>
    public DateTimeOffset? CreatedBefore { get; set; }

    /// <summary>How many requests are in flight at a time: 1 or more; 16 unless set.</summary>
    public int ThrottleLimit
    {
        get;
        set =>
            field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one request is to be in flight.");
    } = 16;

    /// <summary>
    /// Whether threads that are in the archive are looked at again, and appended where they have changed. It costs one
    /// request for each (by id: two), since threads carry no mark of change. A change further back than the newest 100
    /// items is not noticed.
    /// </summary>
    public bool Update { get; set; }

    /// <summary>
    /// With <see cref="Update"/>: for how long a thread has to be quiet not to be asked for; above zero. One that its
    /// list shows as the archive has it, and that is closed or whose newest item is older, costs no request. A message
    /// that came to such a thread since is missed, for the list does not show it. Null for every thread to be asked
    /// for.
    /// </summary>
    public TimeSpan? SkipIdle
    {
        get;
        set => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A thread is idle after a time above zero.");
    }

    /// <summary>
    /// Whether it is meant that most of an archive's threads are gone from the server. Unless it is, a run is refused
    /// where more than half of at least ten are: it may be the wrong project's key.
    /// </summary>
    public bool AllowDisappearance { get; set; }

    /// <summary>
    /// The archive that the connection reads, where it reads one; else null. What is made from an archive is as
    /// complete as that, was captured when that was, and knows what is gone from the server as that does.
    /// </summary>
    public ChatKitArchiveIndex? Source { get; set; }

    internal ChatKitArchiveQuery Query
    {
        get
        {
            if (Ids is not null && (Users is not null || CreatedAfter is not null || CreatedBefore is not null))
            {
                throw new ArgumentException("Threads are wanted by id or from a list, not both.");
            }

            ChatKitArchiveQuery query = Ids is not null
                ? ChatKitArchiveQuery.OfIds()
                : ChatKitArchiveQuery.Listed(Users, CreatedAfter, CreatedBefore);
            return Source is null ? query : query.Within(Source.Manifest.Query);
        }
    }
}
