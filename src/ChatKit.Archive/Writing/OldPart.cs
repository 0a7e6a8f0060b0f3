// A part that a new one takes the place of: which of its lines go, and where it ends.
using System.Collections.Generic;

namespace ChatKit.Archive;

/// <param name="part">The part.</param>
/// <param name="end">Where in its text the last line ends that may stay.</param>
/// <param name="without">Where the lines begin that go.</param>
internal sealed class OldPart(ChatKitArchivePart part, long end, IEnumerable<long> without)
{
    public ChatKitArchivePart Part { get; } = part;

    public long End { get; } = end;

    public HashSet<long> Without { get; } = [.. without];

    /// <summary>A part of an archive that was scanned.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="part">The part.</param>
    /// <param name="without">Where the lines begin that go.</param>
    public static OldPart Of(ArchiveScan scan, ChatKitArchivePart part, IEnumerable<long> without) =>
        new(part, part.IsOpen ? scan.Last!.Length : long.MaxValue, without);
}
