// Says what an optimization of an archive, or an erasure from it, is going to do.
using System.Collections.Generic;
using System.Linq;
using ChatKit.Archive;

namespace ChatKit.PowerShell;

/// <summary>The steps, as the question before them names them.</summary>
internal static class ArchiveSteps
{
    /// <summary>What an optimization does, in words; empty if there is nothing to do.</summary>
    public static string Describe(ChatKitArchiveCompaction compaction)
    {
        List<string> steps = [];
        if (compaction.VersionsToDrop > 0)
        {
            steps.Add(
                $"Drop {Count(compaction.VersionsToDrop, "superseded version")} " +
                $"of {Count(compaction.BytesToDrop, "byte")}");
        }

        if (compaction.PartsToMerge > 0)
        {
            steps.Add($"Merge {Count(compaction.PartsBefore, "part")} to {compaction.PartsAfter:N0}");
        }

        if (compaction.PartsToCompress > 0)
        {
            steps.Add($"Compress {Count(compaction.PartsToCompress, "part")}");
        }

        if (compaction.IsNeeded && steps.Count == 0)
        {
            steps.Add("Write parts anew");
        }

        if (compaction.LeftOver.Count > 0)
        {
            steps.Add($"Delete {Count(compaction.LeftOver.Count, "left-over part")}");
        }

        return string.Join("; ", steps);
    }

    /// <summary>What an erasure does, in words; empty if there is nothing to do.</summary>
    public static string Describe(ChatKitArchiveErasure erasure, bool noTombstone)
    {
        List<string> steps = [];
        if (erasure.Threads.Count > 0)
        {
            long versions = erasure.Threads.Sum(thread => (long)thread.Versions);
            steps.Add($"Erase {Count(erasure.Threads.Count, "thread")} in {Count(versions, "version")}");
        }

        if (noTombstone && erasure.AlreadyErased.Count > 0)
        {
            steps.Add($"Remove {Count(erasure.AlreadyErased.Count, "tombstone")}");
        }

        if (erasure.HasTornEnd)
        {
            steps.Add("Cut off what an export wrote that was stopped in the middle of a line");
        }

        if (erasure.LeftOver.Count > 0)
        {
            steps.Add($"Delete {Count(erasure.LeftOver.Count, "left-over part")}");
        }

        return string.Join("; ", steps);
    }

    private static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";
}
