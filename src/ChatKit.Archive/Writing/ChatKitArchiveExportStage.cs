// What an export is doing.
namespace ChatKit.Archive;

/// <summary>What a run is at.</summary>
public enum ChatKitArchiveExportStage
{
    /// <summary>It reads what is in the archive already.</summary>
    Reading,

    /// <summary>It fetches threads.</summary>
    Fetching,

    /// <summary>It has ended.</summary>
    Ended,
}
