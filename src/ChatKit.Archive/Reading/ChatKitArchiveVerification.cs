// What came of verifying an archive.
using System.Collections.Generic;

namespace ChatKit.Archive;

/// <summary>What came of a verification.</summary>
public sealed class ChatKitArchiveVerification
{
    internal ChatKitArchiveVerification(
        ChatKitArchiveManifest manifest, ThreadLocations threads, IReadOnlyList<ChatKitArchiveProblem> problems)
    {
        Manifest = manifest;
        Threads = threads.Count;
        Items = threads.Items;
        Attachments = threads.Attachments;
        Problems = problems;
    }

    /// <summary>What the archive says of itself.</summary>
    public ChatKitArchiveManifest Manifest { get; }

    /// <summary>How many threads there are.</summary>
    public long Threads { get; }

    /// <summary>How many items their last versions have.</summary>
    public long Items { get; }

    /// <summary>How many attachments those name.</summary>
    public long Attachments { get; }

    /// <summary>What is wrong; empty where nothing is.</summary>
    public IReadOnlyList<ChatKitArchiveProblem> Problems { get; }

    /// <summary>Whether the archive holds everything that it was asked to, as it was written.</summary>
    public bool Complete => Problems.Count == 0;
}
