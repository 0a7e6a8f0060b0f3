// Which threads of which project an archive holds.
using System;
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.Archive;

/// <summary>Which threads an archive was asked to hold.</summary>
public sealed class ChatKitArchiveQuery
{
    private ChatKitArchiveQuery(
        IReadOnlyList<string>? users,
        bool byId,
        DateTimeOffset? createdAfter,
        DateTimeOffset? createdBefore,
        bool isKnown = true)
    {
        IsKnown = isKnown;
        Users = users;
        ById = byId;
        CreatedAfter = createdAfter?.ToUniversalTime();
        CreatedBefore = createdBefore?.ToUniversalTime();
    }

    /// <summary>Whether the query is known; it is not where the manifest was lost.</summary>
    public bool IsKnown { get; }

    /// <summary>The end users whose threads; null for all users', or for threads by id.</summary>
    public IReadOnlyList<string>? Users { get; }

    /// <summary>Whether threads were asked for by id. Further runs may bring other ids.</summary>
    public bool ById { get; }

    /// <summary>
    /// Only threads created after this moment; null for no bound. A thread without a date matches no bound.
    /// </summary>
    public DateTimeOffset? CreatedAfter { get; }

    /// <summary>Only threads created before this moment; null for no bound.</summary>
    public DateTimeOffset? CreatedBefore { get; }

    /// <summary>The threads of a list.</summary>
    /// <param name="users">
    /// The end users whose threads, 1 to 512 characters each, repetitions counting once; null for all users'.
    /// </param>
    /// <param name="createdAfter">Only threads created after this moment; null for no bound.</param>
    /// <param name="createdBefore">Only threads created before this moment; null for no bound.</param>
    /// <returns>The query.</returns>
    public static ChatKitArchiveQuery Listed(
        IEnumerable<string>? users = null, DateTimeOffset? createdAfter = null, DateTimeOffset? createdBefore = null) =>
        new(users is null ? null : [.. users.Distinct()], false, createdAfter, createdBefore);

    /// <summary>Threads by id.</summary>
    /// <returns>The query.</returns>
    public static ChatKitArchiveQuery OfIds() => new(null, true, null, null);

    /// <summary>A query that is not known any more.</summary>
    internal static ChatKitArchiveQuery Unknown() => new(null, false, null, null, isKnown: false);

    /// <summary>The query in a few words.</summary>
    /// <returns>What was asked for.</returns>
    public override string ToString()
    {
        string what =
            !IsKnown ? "threads of a query that is not known"
            : ById ? "threads by id"
            : Users is null ? "all threads"
            : $"the threads of {string.Join(", ", Users)}";
        string after = CreatedAfter is { } from
            ? FormattableString.Invariant($", created after {from:yyyy-MM-dd HH:mm:ss.FFF} UTC")
            : "";
        string before = CreatedBefore is { } to
            ? FormattableString.Invariant($", created before {to:yyyy-MM-dd HH:mm:ss.FFF} UTC")
            : "";
        return what + after + before;
    }

    /// <summary>
    /// What a copy of an archive holds, of which this was wanted and which holds another query itself: no more than
    /// both.
    /// </summary>
    internal ChatKitArchiveQuery Within(ChatKitArchiveQuery source) =>
        !source.IsKnown ? source
            : source.ById || ById ? OfIds()
            : Listed(
                Users ?? source.Users,
                Later(CreatedAfter, source.CreatedAfter),
                Earlier(CreatedBefore, source.CreatedBefore));

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    internal bool IsSame(ChatKitArchiveQuery other) =>
        IsKnown && other.IsKnown && ById == other.ById && CreatedAfter == other.CreatedAfter &&
            CreatedBefore == other.CreatedBefore && Users is null == other.Users is null &&
        (Users is null || new HashSet<string>(Users).SetEquals(other.Users!));
}
