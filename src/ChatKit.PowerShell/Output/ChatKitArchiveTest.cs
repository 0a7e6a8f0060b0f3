// What Test-ChatKitArchive gives.
using System.Collections.Generic;
using ChatKit.Archive;

namespace ChatKit;

/// <summary>What came of the test of an archive.</summary>
public sealed class ChatKitArchiveTest
{
    internal ChatKitArchiveTest(string path, ChatKitArchiveVerification verification)
    {
        Path = path;
        Complete = verification.Complete;
        Threads = verification.Threads;
        Items = verification.Items;
        Attachments = verification.Attachments;
        Problems = verification.Problems;
        ManifestSha256 = verification.Manifest.Sha256!;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>
    /// Whether the archive holds everything that it was asked to, as it was written: there is no problem.
    /// </summary>
    public bool Complete { get; }

    /// <summary>How many threads can be read, each counted once.</summary>
    public long Threads { get; }

    /// <summary>How many items they have.</summary>
    public long Items { get; }

    /// <summary>How many attachments those name.</summary>
    public long Attachments { get; }

    /// <summary>
    /// The SHA-256 of <c>manifest.json</c> as it was tested, 64 lower-case hexadecimal digits. The manifest has the
    /// hash of every part: who keeps this, or signs it, can show later that nothing was altered.
    /// </summary>
    public string ManifestSha256 { get; }

    /// <summary>What is wrong; empty where nothing is.</summary>
    public IReadOnlyList<ChatKitArchiveProblem> Problems { get; }
}
