// What an archive has of a thread that is to be erased, or had: the proof of an erasure is made of it.
namespace ChatKit.Archive;

/// <summary>What an archive has of a thread that is to be erased.</summary>
public sealed class ChatKitArchiveErasedVersions
{
    internal ChatKitArchiveErasedVersions(string id, int versions, long items, long bytes)
    {
        Id = id;
        Versions = versions;
        Items = items;
        Bytes = bytes;
    }

    /// <summary>The identifier of the thread.</summary>
    public string Id { get; }

    /// <summary>
    /// How many versions there are; 0 of a thread that only the manifest names, since it could not be fetched.
    /// </summary>
    public int Versions { get; }

    /// <summary>How many items all of the versions have together.</summary>
    public long Items { get; }

    /// <summary>The size of all of the versions in bytes.</summary>
    public long Bytes { get; }
}
